/* Exceptions, and how they come from what C functions say. */
#include "harness.hpp"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

static_assert(std::is_base_of_v<std::bad_alloc, nock::memory_error> && std::is_base_of_v<nock::error, nock::memory_error>);
static_assert(std::is_base_of_v<std::exception, nock::call_error> && std::is_base_of_v<nock::error, nock::call_error>);
static_assert(std::is_convertible_v<nock::memory_error *, std::exception *>, "one std::exception, not two");
static_assert(std::is_nothrow_copy_constructible_v<nock::memory_error> && std::is_nothrow_copy_assignable_v<nock::memory_error>);
static_assert(std::is_nothrow_copy_constructible_v<nock::call_error> && std::is_nothrow_copy_assignable_v<nock::call_error>);
static_assert(!std::is_copy_constructible_v<nock::error_details> && std::is_nothrow_move_constructible_v<nock::error_details>);

static nock_status_t fail(nock_error_t **out) {
  nock_pool_t *pool = nullptr;
  return nock_pool_get("no such backend", &pool, out);
}

static void details_own_what_a_call_says() {
  nock::error_details details;
  CHECK(!details && details.status() == NOCK_OK && details.message()[0] == '\0');
  CHECK(details.os_code() == 0 && details.callback_status() == 0);
  CHECK(fail(details.out()) == NOCK_ERR_NOT_FOUND);
  CHECK(details && details.status() == NOCK_ERR_NOT_FOUND && std::strstr(details.message(), "no such backend") != nullptr);
  /* The slot can be used again; what was in it is not leaked. */
  CHECK(fail(details.out()) == NOCK_ERR_NOT_FOUND);
  nock::error_details moved(std::move(details));
  CHECK(!details && moved.status() == NOCK_ERR_NOT_FOUND);
  swap(details, moved);
  CHECK(details && !moved);
  moved = std::move(details);
  CHECK(!details && moved);
  nock::error_details adopted = nock::error_details::adopt(moved.release());
  CHECK(!moved && adopted.get() != nullptr && adopted.status() == NOCK_ERR_NOT_FOUND);
  moved.swap(adopted);
  CHECK(moved && !adopted);
}

static void a_status_becomes_an_exception() {
  nock::error_details details;
  nock::check(NOCK_OK, details);
  CHECK_THROWS(NOCK_ERR_NOT_FOUND, nock::check(fail(details.out()), details));
  CHECK(!details);
  CHECK_SAID("no such backend");
  /* Without details the name of the status is the text. */
  CHECK_THROWS(NOCK_ERR_BUSY, nock::check(NOCK_ERR_BUSY, details));
  CHECK_SAID("NOCK_ERR_BUSY");
  CHECK_THROWS(NOCK_ERR_LIMIT, nock::check(NOCK_ERR_LIMIT, details));
  CHECK_THROWS(NOCK_ERR_OUT_OF_MEMORY, nock::check(NOCK_ERR_OUT_OF_MEMORY, details));
}

static void each_exception_has_its_classes() {
  const nock::pool capped = nock::pool::new_capped(10);
  int caught = 0;
  try {
    static_cast<void>(capped.alloc(11));
  } catch (const std::bad_alloc &refused) {
    caught++;
    CHECK(std::strstr(refused.what(), "10") != nullptr);
  }
  try {
    static_cast<void>(capped.alloc(11));
  } catch (const std::exception &) {
    caught++;
  }
  try {
    static_cast<void>(capped.alloc(11));
  } catch (const nock::error &error) {
    caught++;
    CHECK(error.status() == NOCK_ERR_LIMIT && error.os_code() == 0 && error.callback_status() == 0);
  }
  try {
    static_cast<void>(nock::pool::find("nothing"));
  } catch (const std::bad_alloc &) {
    harness_fail(__FILE__, __LINE__, "no memory was refused");
  } catch (const std::exception &) {
    caught++;
  }
  CHECK(caught == 4);
}

static void numbers_come_along() {
  nock::error_details details;
  nock_stream_t *stream = nullptr;
  try {
    nock::check(nock_stream_open_path("/no/such/file", NOCK_OPEN_READ, nullptr, &stream, details.out()), details);
    harness_fail(__FILE__, __LINE__, "there is no such file");
  } catch (const nock::call_error &error) {
    CHECK(error.os_code() != 0 && error.callback_status() == 0);
  }
  nock_pool_callbacks_t callbacks = NOCK_POOL_CALLBACKS_INIT;
  callbacks.alloc = [](void *, std::size_t, std::size_t, void **) -> nock_status_t { return NOCK_CALLBACK_STATUS_BASE + 7; };
  callbacks.dealloc = [](void *, void *, std::size_t, std::size_t) {};
  const nock::pool refusing = nock::pool::new_callback(callbacks);
  try {
    static_cast<void>(refusing.alloc(1));
    harness_fail(__FILE__, __LINE__, "the callback refuses");
  } catch (const nock::call_error &error) {
    CHECK(error.status() == NOCK_ERR_CALLBACK && error.callback_status() == NOCK_CALLBACK_STATUS_BASE + 7);
  }
}

static void copies_share_the_text() {
  std::exception_ptr kept;
  const char *text = nullptr;
  try {
    static_cast<void>(nock::pool::find("gone"));
  } catch (const nock::call_error &error) {
    const nock::call_error copy = error;
    nock::call_error assigned(NOCK_ERR_IO, "static");
    CHECK(assigned.status() == NOCK_ERR_IO && std::string(assigned.what()) == "static");
    assigned = copy;
    text = assigned.message();
    CHECK(text == error.message());
    kept = std::current_exception();
  }
  try {
    std::rethrow_exception(kept);
  } catch (const nock::error &error) {
    CHECK(error.message() == text && std::strstr(text, "gone") != nullptr);
  }
}

int main() {
  RUN(details_own_what_a_call_says);
  RUN(a_status_becomes_an_exception);
  RUN(each_exception_has_its_classes);
  RUN(numbers_come_along);
  RUN(copies_share_the_text);
  return harness_done();
}
