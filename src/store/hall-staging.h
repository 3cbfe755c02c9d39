/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole of a service, fetched page by page beside the library until it can take the place of what is known. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  gboolean restored; /* the service came back from a backup */
  char    *at;       /* the cursor up to which the rows are good; absent before the first page */
  char    *next;     /* names the next page; absent when there is none to be asked for */
} HallStaging;

typedef struct {
  char *id;
  char *mark; /* absent when the service says nothing of the row */
  char *json; /* absent when it has no such row */
} HallStagedRow;

HallStaging   *hall_staging_find         (HallDatabase   *db,
                                          const char     *account,
                                          GError        **error);
void           hall_staging_free         (HallStaging    *staging);
gboolean       hall_staging_begin        (HallDatabase   *db,
                                          const char     *account,
                                          gboolean        restored,
                                          GError        **error);
gboolean       hall_staging_move         (HallDatabase   *db,
                                          const char     *account,
                                          const char     *at,
                                          const char     *next,
                                          GError        **error);
gboolean       hall_staging_end          (HallDatabase   *db,
                                          const char     *account,
                                          GError        **error);

gboolean       hall_staging_put          (HallDatabase   *db,
                                          const char     *account,
                                          const HallKind *kind,
                                          const char     *id,
                                          const char     *mark,
                                          const char     *json,
                                          GError        **error);
gint64         hall_staging_count        (HallDatabase   *db,
                                          const char     *account,
                                          GError        **error);
GPtrArray     *hall_staging_list_news    (HallDatabase   *db,
                                          const char     *account,
                                          const HallKind *kind,
                                          const char     *after,
                                          GError        **error);
GPtrArray     *hall_staging_list_missing (HallDatabase   *db,
                                          const char     *account,
                                          const HallKind *kind,
                                          const char     *after,
                                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallStaging, hall_staging_free)

G_END_DECLS
