/*
 * nock for C++17: RAII classes, exceptions and allocators over nock.h. Header-only; link the same library.
 *
 * What it is
 *
 *   The memory functions of nock.h for C++: RAII classes for pools, buffers and builders, exceptions, an allocator for standard
 *   containers, a std::pmr::memory_resource over a pool, a pool over any allocator, and buffers that take over containers.
 *   Every class wraps a handle of nock.h: get() returns it for C functions, adopt() and share() make an object from one.
 *
 * A complete program
 *
 *   #include <cstdio>
 *   #include <nock/nock.hpp>
 *   #include <vector>
 *
 *   int main() {
 *     try {
 *       nock::pool quota = nock::pool::new_capped(1 << 20);
 *       std::vector<int, nock::allocator<int>> numbers({1, 2, 3}, nock::allocator<int>(quota));
 *       nock::buffer buffer = nock::buffer::take(std::move(numbers));
 *       std::printf("%zu bytes of %zu\n", buffer.size(), static_cast<std::size_t>(quota.limit()));
 *     } catch (const nock::error &error) {
 *       std::printf("%s: %s\n", nock_status_name(error.status()), error.message());
 *     }
 *   }
 *
 * Ownership
 *
 *   An object owns one reference to its handle, or is empty; the destructor releases it. Copies of pools, buffers and streams
 *   add a reference; builders and error details are move-only. A moved-from object is empty. A call on an empty object does
 *   what the C function does with NULL: an empty pool is the default pool, getters return 0, and everything else fails with
 *   NOCK_ERR_INVALID_ARGUMENT.
 *
 * Errors
 *
 *   Functions that are not noexcept throw when the C function of the same name fails: nock::memory_error, which is a
 *   std::bad_alloc, for NOCK_ERR_OUT_OF_MEMORY and NOCK_ERR_LIMIT, and nock::call_error for every other status. Both derive
 *   from nock::error and std::exception. The comment of the C function lists the statuses; comments here only say what differs.
 *   A call that throws has changed nothing, unless the C function says otherwise.
 *
 *   Compiled without exceptions, a failure calls NOCK_HPP_FAIL and then std::abort. Without run-time type information
 *   everything works; one comparison of nock::memory_resource is stricter.
 *
 * Threads
 *
 *   As in nock.h: pools, buffers and streams are shared, builders and error details exclusive. A C++ object itself is like a
 *   std::shared_ptr: threads may use their own copies, but not one variable while another thread assigns to it.
 *
 * Files, all included by this one
 *
 *   owner.hpp            the base classes: ownership of a handle
 *   error.hpp            exceptions, and a class that owns a nock_error_t
 *   span.hpp             an address and a count
 *   pool.hpp             memory pools
 *   stream.hpp           a class that owns a stream
 *   buffer.hpp           buffers, and the texts of pools
 *   taken.hpp            buffers over containers and other objects that they take over
 *   buffer_builder.hpp   buffer builders
 *   bitmap.hpp           bits in bytes, bitmap builders
 *   allocator.hpp        a C++ allocator over a pool
 *   memory_resource.hpp  a std::pmr::memory_resource over a pool
 *   allocator_pool.hpp   a pool over an allocator, or over a std::pmr::memory_resource
 */
#ifndef NOCK_NOCK_HPP
#define NOCK_NOCK_HPP

#include "allocator.hpp"
#include "allocator_pool.hpp"
#include "bitmap.hpp"
#include "buffer.hpp"
#include "buffer_builder.hpp"
#include "error.hpp"
#include "memory_resource.hpp"
#include "owner.hpp"
#include "pool.hpp"
#include "span.hpp"
#include "stream.hpp"
#include "taken.hpp"

#endif /* NOCK_NOCK_HPP */
