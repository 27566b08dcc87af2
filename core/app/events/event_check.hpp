// What the fields of an event may hold, wherever they were written: flags, members of a request, columns of a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/events/submit_event.hpp"

namespace peaqos::app {

// The event that a request describes; its metadata and key are taken over. Throws Error (Input) "BAD_FIELD" for the
// first field that is wrong, by the name that the caller's naming gives it.
peaq::Event checkEvent(SubmitEventRequest& request, const Caller& caller);

}  // namespace peaqos::app
