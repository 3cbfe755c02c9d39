/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database of the first version for a scenario, and the copy that is made of it before it is changed. */
#pragma once

#include "crash.h"

void old_file_put     (Crash      *crash,
                       const char *fixture);
void old_file_inspect (Crash      *crash);
