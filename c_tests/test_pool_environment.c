/* What the environment says about the default pool. Each case is a process of its own: the environment is read once. */
#include "harness.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;

/* Whether the default pool is a debug pool; only these have tags. */
static const char *kind_of_default(void) {
  return nock_pool_set_tag(NULL, NULL, NULL) == NOCK_ERR_UNSUPPORTED ? "plain" : "debug";
}

/* Whether every process-wide pool is of the same kind as the default one, and the default one is one of them. */
static int all_are_of_one_kind(void) {
  const int debug = nock_pool_set_tag(NULL, NULL, NULL) != NOCK_ERR_UNSUPPORTED;
  int found = 0;
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    if (nock_pool_get(nock_pool_backend_name_at(i), &pool, NULL) != NOCK_OK) return 0;
    if ((nock_pool_set_tag(pool, NULL, NULL) != NOCK_ERR_UNSUPPORTED) != debug) return 0;
    found += pool == nock_pool_default();
    nock_pool_unref(pool);
  }
  return found == 1;
}

/* The child: says which backend it got, and writes one byte behind a block. */
static int child(void) {
  if (getenv("TEST_LATER") != NULL) {
    /* What the environment says after the first use is not read any more. */
    (void)nock_pool_default();
    setenv("NOCK_DEFAULT_MEMORY_POOL", getenv("TEST_LATER"), 1);
    setenv("ARROW_DEFAULT_MEMORY_POOL", getenv("TEST_LATER"), 1);
    setenv("ARROW_DEBUG_MEMORY_POOL", getenv("TEST_LATER"), 1);
    nock_pool_set_default(NULL);
  }
  nock_buffer_t *buffer = NULL;
  if (nock_buffer_alloc_aligned(64, 128, NULL, &buffer, NULL) != NOCK_OK) {
    return HARNESS_OUT_OF_MEMORY;
  }
  printf("%s %d %s\n", nock_pool_backend_name(NULL), (int)nock_pool_bytes_allocated(NULL), kind_of_default());
  fflush(stdout);
  if (getenv("TEST_OVERRUN") != NULL) {
    ((char *)nock_buffer_mutable_data(buffer))[64] = 1;
  }
  nock_buffer_unref(buffer);
  if (!all_are_of_one_kind()) {
    return 2;
  }
  return nock_total_allocated_bytes() == 0 ? 0 : 1;
}

struct outcome {
  int signal;
  int status;
  char out[512];
  char err[1024];
};

static void read_all(int descriptor, char *text, size_t room) {
  size_t len = 0;
  for (ssize_t n = 1; n > 0 && len < room - 1; len += n > 0 ? (size_t)n : 0) {
    n = read(descriptor, text + len, room - 1 - len);
  }
  text[len] = '\0';
  close(descriptor);
}

static void set(const char *name, const char *value) {
  if (value == NULL) {
    unsetenv(name);
  } else {
    setenv(name, value, 1);
  }
}

static struct outcome run(const char *nock, const char *arrow, const char *debug, const char *overrun) {
  int out[2], err[2];
  CHECK(pipe(out) == 0 && pipe(err) == 0);
  fflush(NULL);
  pid_t process = fork();
  CHECK(process >= 0);
  if (process == 0) {
    set("NOCK_DEFAULT_MEMORY_POOL", nock);
    set("ARROW_DEFAULT_MEMORY_POOL", arrow);
    set("ARROW_DEBUG_MEMORY_POOL", debug);
    set("TEST_OVERRUN", overrun);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    close(out[0]);
    close(err[0]);
    execl(program, program, "child", (char *)NULL);
    _exit(127);
  }
  close(out[1]);
  close(err[1]);
  struct outcome outcome = {0, 0, "", ""};
  read_all(out[0], outcome.out, sizeof outcome.out);
  read_all(err[0], outcome.err, sizeof outcome.err);
  int status = 0;
  CHECK(waitpid(process, &status, 0) == process);
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  if (outcome.status == HARNESS_OUT_OF_MEMORY) {
    exit(HARNESS_OUT_OF_MEMORY);
  }
  return outcome;
}

static void check_default(struct outcome outcome, const char *expected, const char *kind) {
  char line[64];
  snprintf(line, sizeof line, "%s 64 %s\n", expected, kind);
  CHECK_TEXT(outcome.out, line);
  CHECK(outcome.signal == 0 && outcome.status == 0);
}

static void check_backend(struct outcome outcome, const char *expected) { check_default(outcome, expected, "plain"); }

static void check_silent(struct outcome outcome, const char *expected) {
  check_backend(outcome, expected);
  CHECK_TEXT(outcome.err, "");
}

static void variables_choose_the_backend(void) {
  const char *first = nock_pool_backend_name_at(0);
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    const char *name = nock_pool_backend_name_at(i);
    check_silent(run(name, NULL, NULL, NULL), name);
    check_silent(run(NULL, name, NULL, NULL), name);
    check_silent(run(name, first, NULL, NULL), name);
    check_silent(run(name, "no such", NULL, NULL), name);
    check_silent(run("", name, NULL, NULL), name);
  }
  check_silent(run(NULL, NULL, NULL, NULL), first);
  check_silent(run("", "", "", NULL), first);
}

/* Whether this library has a backend; one that is only left out of a build is as unknown as any other. */
static bool has_backend(const char *name) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    if (strcmp(nock_pool_backend_name_at(i), name) == 0) {
      return true;
    }
  }
  return false;
}

static void backends_of_other_builds_are_unknown(void) {
  const char *names[] = {"mimalloc", "jemalloc", "system"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    bool here = has_backend(names[i]);
    struct outcome outcome = run(NULL, names[i], NULL, NULL);
    check_backend(outcome, here ? names[i] : nock_pool_backend_name_at(0));
    CHECK((strstr(outcome.err, "Unsupported backend") == NULL) == here);
    nock_pool_t *pool = NULL;
    CHECK_STATUS(here ? NOCK_OK : NOCK_ERR_NOT_FOUND, nock_pool_get(names[i], &pool, ERR));
    CHECK((pool != NULL) == here);
    nock_pool_unref(pool);
    pool = NULL;
    CHECK_STATUS(here ? NOCK_OK : NOCK_ERR_NOT_FOUND, nock_pool_new_backend(names[i], NULL, &pool, ERR));
    nock_pool_unref(pool);
  }
}

/* Backends are listed in the order in which they are preferred. */
static void the_order_is_fixed(void) {
  const char *order[] = {"mimalloc", "jemalloc", "system"};
  size_t at = 0;
  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
    if (has_backend(order[i])) {
      CHECK_TEXT(nock_pool_backend_name_at(at), order[i]);
      at++;
    }
  }
  CHECK(at == nock_pool_backend_count());
}

static void unknown_backends_are_reported_once(void) {
  for (int arrow = 0; arrow < 2; arrow++) {
    struct outcome outcome = run(arrow ? NULL : "no such", arrow ? "no such" : NULL, NULL, NULL);
    check_backend(outcome, nock_pool_backend_name_at(0));
    const char *found = strstr(outcome.err, "Unsupported backend 'no such'");
    CHECK(found != NULL && strstr(found + 1, "Unsupported backend") == NULL);
    CHECK(strstr(outcome.err, arrow ? "ARROW_DEFAULT_MEMORY_POOL" : "NOCK_DEFAULT_MEMORY_POOL") != NULL);
    const char *list = strstr(found, "this build has ");
    for (size_t i = 0; i < nock_pool_backend_count(); i++) {
      CHECK(list != NULL && strstr(list, nock_pool_backend_name_at(i)) != NULL);
    }
  }
  /* The stronger variable decides alone, known or not: one line, and the built-in order. */
  struct outcome outcome = run("no such", "system", NULL, NULL);
  check_backend(outcome, nock_pool_backend_name_at(0));
  CHECK(strstr(outcome.err, "Unsupported backend 'no such' specified in NOCK_DEFAULT_MEMORY_POOL") != NULL);
  CHECK(strchr(outcome.err, '\n') == strrchr(outcome.err, '\n'));
}

static void the_environment_is_read_once(void) {
  setenv("TEST_LATER", "warn", 1);
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    check_silent(run(nock_pool_backend_name_at(i), NULL, NULL, NULL), nock_pool_backend_name_at(i));
  }
  /* Nor is a warning given again when the default is chosen again. */
  struct outcome outcome = run("no such", NULL, "none", NULL);
  check_backend(outcome, nock_pool_backend_name_at(0));
  CHECK(strchr(outcome.err, '\n') == strrchr(outcome.err, '\n') && strstr(outcome.err, "no such") != NULL);
  setenv("TEST_LATER", "none", 1);
  check_default(run("system", NULL, "warn", NULL), "system", "debug");
  unsetenv("TEST_LATER");
}

static void the_default_can_be_debugged(void) {
  static const char words[] = "Wrong size on deallocation";
  struct outcome outcome = run("system", NULL, "warn", "1");
  check_default(outcome, "system", "debug");
  CHECK(strstr(outcome.err, words) != NULL);
  outcome = run("system", NULL, "abort", "1");
  CHECK(outcome.signal == SIGABRT && strstr(outcome.err, words) != NULL);
  outcome = run("system", NULL, "trap", "1");
  CHECK(outcome.signal == SIGTRAP && strstr(outcome.err, words) != NULL);
  outcome = run("system", NULL, "abort", NULL);
  check_default(outcome, "system", "debug");
  CHECK(outcome.err[0] == '\0');
  check_silent(run("system", NULL, "none", NULL), "system");
  check_silent(run("system", NULL, "", NULL), "system");
  outcome = run("system", NULL, "maybe", NULL);
  check_backend(outcome, "system");
  CHECK(strstr(outcome.err, "Invalid value for ARROW_DEBUG_MEMORY_POOL: 'maybe'. Valid values are 'abort', 'trap', "
                            "'warn', 'none'.") != NULL);
  CHECK(strchr(outcome.err, '\n') == strrchr(outcome.err, '\n'));
}

/* The child: makes and frees buffers of one size in the pool of a backend, and says whether it keeps freed blocks. */
static int keeps_blocks(const char *backend) {
  nock_pool_t *pool = NULL;
  nock_buffer_t *buffer = NULL;
  if (nock_pool_get(backend, &pool, NULL) != NOCK_OK) return HARNESS_OUT_OF_MEMORY;
  for (int round = 0; round < 4; round++) {
    if (nock_buffer_alloc(1024, pool, &buffer, NULL) != NOCK_OK) return HARNESS_OUT_OF_MEMORY;
    nock_buffer_unref(buffer);
  }
  const int keeps = nock_pool_cached_bytes(pool) > 0;
  nock_pool_unref(pool);
  return keeps;
}

/* Leak checkers know each block of the C library: none is kept, whichever backend the environment chose. */
static void no_block_of_the_system_is_kept(void) {
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    const char *backend = nock_pool_backend_name_at(i);
    for (int by_system = 0; by_system < 2; by_system++) {
      fflush(NULL);
      pid_t process = fork();
      CHECK(process >= 0);
      if (process == 0) {
        set("NOCK_DEFAULT_MEMORY_POOL", by_system ? "system" : backend);
        execl(program, program, "keeps", backend, (char *)NULL);
        _exit(127);
      }
      int status = 0;
      CHECK(waitpid(process, &status, 0) == process && WIFEXITED(status));
      if (WEXITSTATUS(status) == HARNESS_OUT_OF_MEMORY) exit(HARNESS_OUT_OF_MEMORY);
      CHECK(WEXITSTATUS(status) == (strcmp(backend, "system") != 0));
    }
  }
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "keeps") == 0) {
    return keeps_blocks(argv[2]);
  }
  if (argc > 1 && strcmp(argv[1], "child") == 0) {
    return child();
  }
  if (argc > 2 && strcmp(argv[1], "is-default") == 0) {
    CHECK_TEXT(nock_pool_backend_name(NULL), argv[2]);
    return 0;
  }
  program = argv[0];
  RUN(variables_choose_the_backend);
  RUN(backends_of_other_builds_are_unknown);
  RUN(the_order_is_fixed);
  RUN(unknown_backends_are_reported_once);
  RUN(the_environment_is_read_once);
  RUN(the_default_can_be_debugged);
  RUN(no_block_of_the_system_is_kept);
  return harness_done();
}
