/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library to try things out in: a desk on loopback, a weekly series, and three hundred sign-ups. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

/* fraction is 0 to 1; what is a phrase for people; on the main loop */
typedef void (*HallDemoProgress) (double fraction, const char *what, gpointer data);

void     hall_demo_fill_async  (HallLibrary         *library,
                                HallDemoProgress     progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean hall_demo_fill_finish (HallLibrary         *library,
                                GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
