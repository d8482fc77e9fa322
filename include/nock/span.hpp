/* An address and a count, for C++17; it converts from and to std::span in C++20. */
#ifndef NOCK_SPAN_HPP
#define NOCK_SPAN_HPP

#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

#if __cplusplus >= 202002L
#include <ranges>
#endif

namespace nock {

/**
 * A borrowed run of elements: valid while the object that it was made from lives and does not move its elements.
 *
 * *Immutable*, though the elements need not be. In C++20 it is a range that converts from and to std::span.
 */
template <class T>
class span {
 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using size_type = std::size_t;
  using pointer = T *;
  using iterator = T *;

  /** No elements. */
  constexpr span() noexcept = default;

  /** `size` elements from `data` on; `data` may be NULL when `size` is 0. */
  constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}

  /** The elements of an array. */
  template <std::size_t Size>
  constexpr span(T (&array)[Size]) noexcept : data_(array), size_(Size) {}

  /** The elements of a container that has data() and size(): a std::vector, std::string, std::array, std::span or nock::span. */
  template <class Container,
            class Element = std::remove_pointer_t<decltype(std::data(std::declval<Container &>()))>,
            class = std::enable_if_t<!std::is_same_v<std::remove_cv_t<Container>, span> &&
                                     !std::is_array_v<Container> && std::is_convertible_v<Element (*)[], T (*)[]>>>
  constexpr span(Container &container) noexcept(noexcept(std::data(container)) && noexcept(std::size(container)))
      : data_(std::data(container)), size_(std::size(container)) {}

  /** The same for a const container; a temporary is valid until the end of the call that it is passed to. */
  template <class Container,
            class Element = std::remove_pointer_t<decltype(std::data(std::declval<const Container &>()))>,
            class = std::enable_if_t<!std::is_same_v<Container, span> && !std::is_array_v<Container> &&
                                     std::is_convertible_v<Element (*)[], T (*)[]>>,
            class = void>
  constexpr span(const Container &container) noexcept(noexcept(std::data(container)) && noexcept(std::size(container)))
      : data_(std::data(container)), size_(std::size(container)) {}

  [[nodiscard]] constexpr T *data() const noexcept { return data_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr std::size_t size_bytes() const noexcept { return size_ * sizeof(T); }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr T *begin() const noexcept { return data_; }
  [[nodiscard]] constexpr T *end() const noexcept { return data_ + size_; }

  /** An element; `index` is below size(), which is not checked. */
  [[nodiscard]] constexpr T &operator[](std::size_t index) const noexcept { return data_[index]; }

 private:
  T *data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace nock

#if __cplusplus >= 202002L
template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<nock::span<T>> = true;
template <class T>
inline constexpr bool std::ranges::enable_view<nock::span<T>> = true;
#endif

#endif /* NOCK_SPAN_HPP */
