/*
 * What every C++ test program uses beside harness.h: the same checks, for code that throws.
 *
 * An exception that nobody expected ends the program like a check that fails, with status 3 when memory ran out.
 */
#ifndef NOCK_HARNESS_HPP
#define NOCK_HARNESS_HPP

#include <nock/nock.hpp>

#include "harness.h"

#include <cstddef>
#include <exception>
#include <new>

/* The last exception that CHECK_THROWS saw said a text. */
inline char harness_said[512];
#define CHECK_SAID(text) CHECK(std::strstr(harness_said, (text)) != nullptr)

/* CHECK_THROWS(NOCK_ERR_OUT_OF_RANGE, buffer.slice(9, 9)): it throws a nock::error of the class that fits the status. */
#define CHECK_THROWS(expected, expression)                                      \
  do {                                                                          \
    nock_status_t harness_thrown = NOCK_OK;                                     \
    try {                                                                       \
      static_cast<void>(expression);                                            \
    } catch (const nock::memory_error &error) {                                 \
      harness_thrown = harness_remember(error, error.what());                   \
    } catch (const nock::call_error &error) {                                   \
      harness_thrown = harness_remember(error, error.what());                   \
      CHECK(harness_thrown != NOCK_ERR_OUT_OF_MEMORY && harness_thrown != NOCK_ERR_LIMIT); \
    }                                                                           \
    harness_check_status(__FILE__, __LINE__, #expression, (expected), harness_thrown); \
  } while (0)

inline nock_status_t harness_remember(const nock::error &error, const char *what) {
  CHECK(std::strcmp(what, error.message()) == 0 && what[0] != '\0');
  std::snprintf(harness_said, sizeof harness_said, "%s", what);
  return error.status();
}

#undef RUN
#define RUN(function)                          \
  do {                                         \
    harness_running = #function;               \
    harness_call(function);                    \
    harness_forget();                          \
  } while (0)

/* For the bodies of threads too: what leaves them would end the process. */
template <class Function>
void harness_call(Function function) {
  try {
    function();
  } catch (const std::bad_alloc &refused) {
    harness_last_status = NOCK_ERR_OUT_OF_MEMORY;
    harness_fail(__FILE__, __LINE__, refused.what());
  } catch (const std::exception &thrown) {
    harness_fail(__FILE__, __LINE__, thrown.what());
  }
}

template <class Function>
auto in_thread(Function function) {
  return [function] { harness_call(function); };
}

/* Whether the n-th allocation, and all after it if asked to, is refused; counts what is not given back. */
struct faults {
  std::size_t calls = 0;
  std::size_t fail_at = 0;
  bool forever = false;
  std::size_t live = 0;

  bool refuse() {
    calls++;
    return calls == fail_at || (forever && fail_at != 0 && calls > fail_at);
  }
};

/* An allocator with state that throws when its faults say so. */
template <class T>
struct faulty_allocator {
  using value_type = T;
  faults *state;

  explicit faulty_allocator(faults &from) noexcept : state(&from) {}
  template <class U>
  faulty_allocator(const faulty_allocator<U> &other) noexcept : state(other.state) {}

  T *allocate(std::size_t count) {
    if (state->refuse()) {
      throw std::bad_alloc();
    }
    T *block = std::allocator<T>().allocate(count);
    state->live++;
    return block;
  }

  void deallocate(T *block, std::size_t count) noexcept {
    state->live--;
    std::allocator<T>().deallocate(block, count);
  }

  friend bool operator==(const faulty_allocator &a, const faulty_allocator &b) noexcept { return a.state == b.state; }
  friend bool operator!=(const faulty_allocator &a, const faulty_allocator &b) noexcept { return !(a == b); }
};

/* Run a scenario again and again, each time with another allocation of its pool refused, until none is. */
template <class Scenario>
void refuse_each_allocation(Scenario scenario) {
  for (int forever = 0; forever < 2; forever++) {
    bool untouched = false;
    for (std::size_t fail_at = 1; !untouched; fail_at++) {
      faults state;
      state.fail_at = fail_at;
      state.forever = forever != 0;
      nock::pool pool = nock::pool::from_allocator(faulty_allocator<double>(state));
      try {
        scenario(pool);
        /* A refusal can be made up for, such as a block that is not trimmed. */
        untouched = state.calls < fail_at;
      } catch (const nock::memory_error &refused) {
        CHECK(refused.status() == NOCK_ERR_OUT_OF_MEMORY && state.calls >= fail_at);
      }
      CHECK(state.live == 0 && pool.bytes_allocated() == 0);
    }
  }
}

#endif /* NOCK_HARNESS_HPP */
