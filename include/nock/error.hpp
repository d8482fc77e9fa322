/* Errors: the exceptions of nock.hpp, a class that owns a nock_error_t, and the conversion between them. */
#ifndef NOCK_ERROR_HPP
#define NOCK_ERROR_HPP

#include "nock.h"
#include "owner.hpp"

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <utility>

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define NOCK_HPP_EXCEPTIONS 1
#else
#define NOCK_HPP_EXCEPTIONS 0
#endif

/**
 * Called before std::abort when a call fails in code that is compiled without exceptions. To log the message, define it
 * before nock.hpp is first included, the same in every file: `#define NOCK_HPP_FAIL(status, message) my_log(message)`.
 */
#ifndef NOCK_HPP_FAIL
#define NOCK_HPP_FAIL(status, message) static_cast<void>(0)
#endif

/** Makes the type information of exceptions visible, so that one shared library can catch what another one throws. */
#if defined(__GNUC__)
#define NOCK_HPP_VISIBLE __attribute__((visibility("default")))
#else
#define NOCK_HPP_VISIBLE
#endif

#if !NOCK_HPP_EXCEPTIONS
/** Outside the namespace, so that names in the macro are looked up in the global namespace. */
inline void nock_hpp_fail(nock_status_t status, const char *message) {
  static_cast<void>(status);
  static_cast<void>(message);
  NOCK_HPP_FAIL(status, message);
}
#endif

namespace nock {

namespace detail {

struct error_end {
  using handle_type = nock_error_t;
  static void free(nock_error_t *error) noexcept { nock_error_free(error); }
};

}  // namespace detail

/**
 * Owns the details of a failed call of a C function: a nock_error_t.
 *
 * *Exclusive*. It is empty at first, and after a call that succeeds:
 *
 *     nock::error_details details;
 *     nock::check(nock_schema_find(..., details.out()), details);
 */
class error_details : public unique_owner<error_details, detail::error_end> {
 public:
  /** Empty. */
  error_details() noexcept = default;

  /** The last argument for a C function. Frees the error that was in it before. */
  [[nodiscard]] nock_error_t **out() noexcept {
    *this = error_details();
    return slot();
  }

  /** See nock_error_status. NOCK_OK when empty. */
  [[nodiscard]] nock_status_t status() const noexcept { return nock_error_status(get()); }

  /** See nock_error_message. Borrowed from this object; "" when empty. */
  [[nodiscard]] const char *message() const noexcept { return nock_error_message(get()); }

  /** See nock_error_os_code. 0 when empty. */
  [[nodiscard]] std::int32_t os_code() const noexcept { return nock_error_os_code(get()); }

  /** See nock_error_callback_status. 0 when empty. */
  [[nodiscard]] std::int32_t callback_status() const noexcept { return nock_error_callback_status(get()); }
};

/**
 * The base class of every exception of nock.hpp: a status, one line of text, and error numbers.
 *
 * *Immutable*: copies share the text. It does not derive from std::exception, since memory_error derives from std::bad_alloc
 * and call_error from std::exception. Catch either `const nock::error &` or `const std::exception &`.
 */
class NOCK_HPP_VISIBLE error {
 public:
  error(const error &) noexcept = default;
  error &operator=(const error &) noexcept = default;

  /** One of NOCK_ERR_. */
  [[nodiscard]] nock_status_t status() const noexcept { return status_; }

  /** One line of UTF-8 text, borrowed while a copy of this lives; never NULL. */
  [[nodiscard]] const char *message() const noexcept { return message_; }

  /** The operating system's error number; 0 when there was none. */
  [[nodiscard]] std::int32_t os_code() const noexcept { return os_code_; }

  /** The status that a callback of the caller returned; 0 when none failed. */
  [[nodiscard]] std::int32_t callback_status() const noexcept { return callback_status_; }

 protected:
  /** Take over the details of a C function. Without them, or without memory to share them, the text is the status's name. */
  error(nock_status_t status, error_details details) noexcept
      : status_(status), os_code_(details.os_code()), callback_status_(details.callback_status()),
        message_(nock_status_name(status)) {
    if (!details) {
      return;
    }
    const char *text = details.message();
#if NOCK_HPP_EXCEPTIONS
    try {
      keeper_.reset(details.release(), nock_error_free);
    } catch (const std::bad_alloc &) {
      return;
    }
#else
    keeper_.reset(details.release(), nock_error_free);
#endif
    message_ = text;
  }

  /** `message` must live as long as the process. */
  error(nock_status_t status, const char *message) noexcept : status_(status), message_(message) {}

  ~error() = default;

 private:
  nock_status_t status_;
  std::int32_t os_code_ = 0;
  std::int32_t callback_status_ = 0;
  const char *message_;
  std::shared_ptr<nock_error_t> keeper_;
};

/** A call failed with another status than those of memory_error. */
class NOCK_HPP_VISIBLE call_error : public std::exception, public error {
 public:
  call_error(nock_status_t status, error_details details) noexcept : error(status, std::move(details)) {}
  call_error(nock_status_t status, const char *message) noexcept : error(status, message) {}

  /** The same as message(). */
  [[nodiscard]] const char *what() const noexcept override { return message(); }
};

/** No memory, or a limit would be exceeded: NOCK_ERR_OUT_OF_MEMORY, NOCK_ERR_LIMIT; from nock::allocator also other statuses. */
class NOCK_HPP_VISIBLE memory_error : public std::bad_alloc, public error {
 public:
  memory_error(nock_status_t status, error_details details) noexcept : error(status, std::move(details)) {}

  /** The same as message(). */
  [[nodiscard]] const char *what() const noexcept override { return message(); }
};

namespace detail {

/** Throw an exception of the class `Thrown`; without exceptions, abort. */
template <class Thrown, class Details>
[[noreturn]] void throw_as(nock_status_t status, Details details) {
#if NOCK_HPP_EXCEPTIONS
  throw Thrown(status, std::move(details));
#else
  Thrown thrown(status, std::move(details));
  nock_hpp_fail(thrown.status(), thrown.message());
  std::abort();
#endif
}

[[noreturn]] inline void raise(nock_status_t status, error_details details) {
  if (status == NOCK_ERR_OUT_OF_MEMORY || status == NOCK_ERR_LIMIT) {
    throw_as<memory_error>(status, std::move(details));
  }
  throw_as<call_error>(status, std::move(details));
}

}  // namespace detail

/**
 * Throw an exception if a C function failed.
 *
 * @param status   what the function returned
 * @param details  its error, moved into the exception; see error_details
 * @throws memory_error  when status is NOCK_ERR_OUT_OF_MEMORY or NOCK_ERR_LIMIT
 * @throws call_error    when status is any other failure
 *
 * Since: 0.1
 */
inline void check(nock_status_t status, error_details &details) {
  if (status != NOCK_OK) {
    detail::raise(status, std::move(details));
  }
}

namespace detail {

/** Call a C function that may fail. */
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
  error_details details;
  check(function(arguments..., details.out()), details);
}

/** Call a C function that makes an object. */
template <class Owner, class Function, class... Arguments>
[[nodiscard]] Owner make(Function function, Arguments... arguments) {
  typename Owner::handle_type *made = nullptr;
  call(function, arguments..., &made);
  return Owner::adopt(made);
}

}  // namespace detail

}  // namespace nock

#endif /* NOCK_ERROR_HPP */
