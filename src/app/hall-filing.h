/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a value goes through inside the transaction that saves it. */
#pragma once

#include "model/hall-chat.h"
#include "store/hall-store.h"

G_BEGIN_DECLS

gboolean hall_filing_who_has_slug (HallDatabase   *db,
                                   const char     *slug,
                                   const char     *chat,
                                   char          **title,
                                   GError        **error);
gboolean hall_filing_check_slug   (HallDatabase   *db,
                                   const HallChat *chat,
                                   GError        **error);
gpointer hall_filing_save         (HallStore      *store,
                                   HallDatabase   *db,
                                   gconstpointer   value,
                                   GError        **error);

G_END_DECLS
