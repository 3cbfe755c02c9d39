/* SPDX-License-Identifier: GPL-3.0-or-later
 * How things stand between the library and its services, in one short line. */
#pragma once

#include "sync/hall-sync.h"

G_BEGIN_DECLS

typedef struct {
  guint         accounts;
  guint         waiting;    /* edits that will be sent */
  guint         parked;     /* edits that wait for the host, those in conflict among them */
  guint         conflicts;
  gint64        synced_at;  /* when everything was last exchanged with every account; 0 for never */
  guint         saving;     /* edits on their way to the disk */
  GError       *unsaved;    /* why the last edit is not on the disk, or absent */
  GError       *trouble;    /* why the last exchange failed, or absent */
  gboolean      exchanging;
  HallSyncPhase phase;      /* while exchanging */
  guint         done;
  guint         total;      /* 0 while it is not known */
} HallStanding;

gboolean hall_standing_count (HallStanding       *self,
                              HallDatabase       *db,
                              GError            **error);
char    *hall_standing_say   (const HallStanding *self,
                              gint64              now);

G_END_DECLS
