/* SPDX-License-Identifier: GPL-3.0-or-later
 * What libFuzzer calls. A target aborts when something does not hold; a critical counts, too. */
#pragma once

#include <glib.h>

int LLVMFuzzerInitialize   (int          *argc,
                            char       ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
