/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a service says of a row comes into the library. */
#pragma once

#include "sync/hall-row-state.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_arrival_take  (HallTransfer   *transfer,
                             const HallNews *news,
                             GError        **error);
gpointer hall_arrival_find_ancestor (HallTransfer       *transfer,
                                     const HallRowState *row,
                                     gconstpointer       theirs);
gboolean hall_arrival_merge (HallTransfer   *transfer,
                             HallRowState   *row,
                             gconstpointer   ancestor,
                             gconstpointer   theirs,
                             const char     *mark,
                             GError        **error);
gboolean hall_arrival_foresee (HallTransfer   *transfer,
                             const HallNews *news,
                             GError        **error);
gboolean hall_arrival_adopt (HallTransfer       *transfer,
                             const HallRowState *row,
                             gconstpointer       version,
                             gconstpointer       last,
                             GError            **error);

G_END_DECLS
