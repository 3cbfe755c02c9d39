/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host with a library of their own in the test's folder, and whoever answers their requests. */
#pragma once

#include "scratch-library.h"
#include "store/hall-conflicts.h"
#include "store/hall-outbox.h"
#include "sync/hall-engine.h"

G_BEGIN_DECLS

/* What comes back for a request, or NULL with a failure. */
typedef HallReply *(*HostLine) (gpointer       data,
                                HallRequest   *request,
                                GError       **failure);

typedef struct {
  char         *path;
  HallDatabase *db;
  HallAccount  *account;
  HallClock     clock;   /* of the exchanges */
  gint64        now;
  HostLine      line;
  gpointer      line_data;
  guint         n_asked; /* requests in the last exchange */
} Host;

Host          *host_new            (const char      *name,
                                    HostLine         line,
                                    gpointer         line_data);
void           host_free           (Host            *host);
void           host_reopen         (Host            *host);

GError        *host_sync           (Host            *host,
                                    HallSyncResult  *result);
void           host_sync_well      (Host            *host);

void           host_save           (Host            *host,
                                    gconstpointer    value);
void           host_save_text      (Host            *host,
                                    gconstpointer    value,
                                    const char      *field,
                                    const char      *text);
void           host_remove         (Host            *host,
                                    gconstpointer    value);
gpointer       host_get            (Host            *host,
                                    const HallKind  *kind,
                                    const char      *id);
HallOperation *host_operation      (Host            *host,
                                    gconstpointer    value);
HallConflict  *host_conflict       (Host            *host,
                                    gconstpointer    value);
char          *host_dump           (Host            *host);
char          *host_dump_bases     (Host            *host);
void           host_assert_sound   (Host            *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Host, host_free)

G_END_DECLS
