/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether an exchange may begin, and how it ended, noted for the next one. */
#pragma once

#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_outcome_may_begin     (HallTransfer  *transfer,
                                     GError       **trouble,
                                     GError       **error);
gboolean hall_outcome_still_there   (HallTransfer  *transfer,
                                     GError       **trouble,
                                     GError       **error);
gboolean hall_outcome_note_success  (HallTransfer  *transfer,
                                     GError       **error);
gboolean hall_outcome_note_trouble  (HallTransfer  *transfer,
                                     const GError  *trouble,
                                     gint64         wish,
                                     GError       **error);

G_END_DECLS
