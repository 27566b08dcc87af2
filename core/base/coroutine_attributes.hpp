// clang's attributes for coroutine types, empty for compilers without them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifndef __has_cpp_attribute
#define __has_cpp_attribute(attribute) 0
#endif

// On a coroutine's return type: a function that returns one must be a coroutine (or a marked wrapper), and what its
// reference parameters are bound to must outlive the object that it returns.
#if __has_cpp_attribute(clang::coro_return_type) && __has_cpp_attribute(clang::coro_lifetimebound)
#define PEAQOS_CORO_TYPE [[clang::coro_return_type, clang::coro_lifetimebound]]
#else
#define PEAQOS_CORO_TYPE
#endif

// On a function that returns such a type and is no coroutine itself.
#if __has_cpp_attribute(clang::coro_wrapper)
#define PEAQOS_CORO_WRAPPER [[clang::coro_wrapper]]
#else
#define PEAQOS_CORO_WRAPPER
#endif
