// Everything for running tasks of one event loop concurrently.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/cancel.hpp"
#include "base/channel.hpp"
#include "base/task_group.hpp"
#include "base/when_all.hpp"
