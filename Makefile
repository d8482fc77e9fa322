# The commands that people type. Each first makes sure that the tools it needs are there (tools/deps).
#
# TYPE=Debug builds with cargo's dev profile: quick to build, slow to run.

TYPE ?= RelWithDebInfo
PREFIX ?= /usr/local
BUILD := build/$(TYPE)
CMAKE_FLAGS ?=

# Where rustup puts cargo, for a shell that was started before.
export PATH := $(PATH):$(HOME)/.cargo/bin

.PHONY: all demo check test trust bench bench-peers install header fmt clean help
.DEFAULT_GOAL := all

all: $(BUILD)/build.ninja ## build the libraries, the examples and the C tests' folder
	@tools/build $(BUILD) all

demo: $(BUILD)/build.ninja ## run the demo program; FILE=some.arrow shows that file instead
	@tools/build $(BUILD) demo
	@$(BUILD)/examples_c/demo $(if $(FILE),"$(FILE)")

check: ## the tests for the desk, a few minutes: format, lints, Rust, C tests with the shared library
	@tools/check build/check

test: ## every test: format, lints, Rust, C (four ways to link, valgrind, refused memory), install, interop
	@tools/test $(BUILD) $(TYPE)

trust: ## what takes hours: sanitizers and full sweeps; ONLY="address thread memory syscalls" picks parts
	@tools/trust $(ONLY)

bench: ## run the benches of benches/
	@tools/deps build
	@tools/bench

bench-peers: ## measure beside Arrow C++, nanoarrow, arrow-rs; rewrite docs/performance; W=W3,W5: only those
	@tools/bench-peers $(W)

install: $(BUILD)/build.ninja ## install to PREFIX (default /usr/local); DESTDIR is honoured
	@cmake -B $(BUILD) -DCMAKE_INSTALL_PREFIX="$(abspath $(PREFIX))" > /dev/null
	@tools/build $(BUILD) nock nock_static
	@cmake --install $(BUILD) --strip

header: ## rewrite the generated header and the list of symbols
	@tools/gen-header

fmt: ## format the Rust sources
	@cargo fmt

clean: ## remove everything that was built
	rm -rf build target

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

$(BUILD)/build.ninja:
	@tools/deps build
	@tools/configure $(BUILD) $(TYPE) $(CMAKE_FLAGS)
