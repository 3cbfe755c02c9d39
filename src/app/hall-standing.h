/* SPDX-License-Identifier: GPL-3.0-or-later
 * How things stand between the library and its services, in one short line. */
#pragma once

#include "sync/hall-sync.h"

G_BEGIN_DECLS

typedef struct {
  guint         accounts;
  guint         waiting;     /* edits that will be sent */
  guint         parked;      /* edits that wait for the host, those in conflict among them */
  guint         conflicts;
  gint64        synced_at;   /* when everything was last exchanged with every account; 0 for never */
  guint         saving;      /* edits on their way to the disk */
  const GError *unsaved;     /* why the last edit is not on the disk, or absent */
  const GError *trouble;     /* why the last exchange failed, or absent */
  const char   *troubled;    /* the account whose exchange that was, where there are several */
  gint64        next_try_at; /* when it is tried again; 0 when that is not known */
  gboolean      offline;     /* there is no network, and one is needed */
  gboolean      asks;        /* something is due, but its bytes may cost the host money */
  gboolean      exchanging;
  HallSyncPhase phase;       /* while exchanging; what follows is over all accounts */
  guint         done;        /* of this phase */
  guint         total;       /* 0 while it is not known */
  guint         all_done;    /* of all phases */
  guint         all_total;
} HallStanding;

char *hall_standing_say (const HallStanding *self,
                         gint64              now);

G_END_DECLS
