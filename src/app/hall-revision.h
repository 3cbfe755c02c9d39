/* SPDX-License-Identifier: GPL-3.0-or-later
 * Saving what a host has changed, and only that, however the row has changed meanwhile. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

/* before: what the host had on screen; after: what they made of it. */
void     hall_revision_save_async  (HallLibrary         *library,
                                    gconstpointer        before,
                                    gconstpointer        after,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean hall_revision_save_finish (HallLibrary         *library,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
