/* SPDX-License-Identifier: GPL-3.0-or-later
 * When the service of an account may be asked again. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  gint64   failures; /* in a row */
  gint64   begun_at; /* microseconds since 1970 in UTC, by the clock of the library */
  gint64   ends_at;
  gboolean asked;    /* the service named the time: it binds the host's own wish as well */
  gboolean refused;  /* it does not take the token: nothing by itself until there is another one, or the host asks */
} HallPause;

gboolean hall_pauses_get       (HallDatabase    *db,
                                const char      *account,
                                HallPause       *pause,
                                GError         **error);
gboolean hall_pauses_put       (HallDatabase    *db,
                                const char      *account,
                                const HallPause *pause,
                                GError         **error);
gboolean hall_pauses_drop      (HallDatabase    *db,
                                const char      *account,
                                GError         **error);

gboolean hall_pause_holds      (const HallPause *pause,
                                gint64           now);

G_END_DECLS
