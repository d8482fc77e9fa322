/*
 * nock for C++17: owners, exceptions and allocators over nock.h. Nothing to link but the library.
 *
 * What it is
 *
 *   The memory area of nock.h in the terms of C++: pools, buffers and builders that end by themselves, failures that are
 *   exceptions, an allocator for the containers of the standard library, std::pmr over a pool and a pool over anybody's
 *   allocator, and buffers that take over containers. Every type is a thin owner of a handle of nock.h: get() gives the handle
 *   to any function of the C interface, adopt() and share() take one, so both can be mixed freely.
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
 *   An owner that is not empty holds one reference, or the only one, and gives it up at its end. Copies of pools, buffers and
 *   streams add a reference and share the object; builders and error details can only be moved. A moved-from owner is empty. A call
 *   on an empty owner does what the C function does with NULL: pools stand for the default pool, getters give 0, and
 *   everything else fails with NOCK_ERR_INVALID_ARGUMENT.
 *
 * Errors
 *
 *   What is not noexcept throws when the C function of the same name fails: nock::memory_error, which is a std::bad_alloc,
 *   for NOCK_ERR_OUT_OF_MEMORY and NOCK_ERR_LIMIT, and nock::call_error for every other status. Both are a nock::error and a
 *   std::exception. The comment of the C function lists the statuses and their reasons; comments here only say what differs.
 *   After a throw nothing changed, unless the C function says otherwise.
 *
 *   Compiled without exceptions, a failure calls NOCK_HPP_FAIL and then std::abort. Without run-time type information
 *   everything works; one comparison of nock::memory_resource is stricter.
 *
 * Threads
 *
 *   As in nock.h: pools, buffers and streams are shared, builders and error details exclusive. An owner itself is like a
 *   pointer: two threads may each use their own copy, and not the same variable while one of them assigns to it.
 *
 * Parts, one idea a file; this one includes them all
 *
 *   owner.hpp            what all owners have in common
 *   error.hpp            exceptions, and an owner for nock_error_t
 *   span.hpp             an address with a count
 *   pool.hpp             memory pools
 *   stream.hpp           an owner of streams, for those over buffers
 *   buffer.hpp           buffers, and the texts of pools
 *   taken.hpp            buffers over containers and other objects that they take over
 *   buffer_builder.hpp   buffer builders
 *   bitmap.hpp           bits in bytes, bitmap builders
 *   allocator.hpp        an allocator of the standard library over a pool
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
