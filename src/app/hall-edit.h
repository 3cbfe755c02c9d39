/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host's edit: a writing job of which the courier is told before and after. */
#pragma once

#include "app/hall-library.h"
#include "store/hall-store.h"

G_BEGIN_DECLS

void     hall_edit_async  (HallLibrary         *library,
                           HallStoreJob         job,
                           gpointer             data,
                           GDestroyNotify       free_data,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);
gpointer hall_edit_finish (HallLibrary         *library,
                           GAsyncResult        *result,
                           GError             **error);

G_END_DECLS
