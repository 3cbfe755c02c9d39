/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine must know of a service: how to ask it, and how to read what it says. Pure: no network. */
#pragma once

#include "format/hall-exchange.h"
#include "model/hall-value.h"
#include "store/hall-outbox.h"
#include "sync/hall-sync-error.h"

G_BEGIN_DECLS

typedef struct {
  const HallKind *kind;
  char           *id;
  char           *mark;  /* names this version of the row; absent when there is no row */
  gpointer        value; /* the row, without its local fields; absent when the service has deleted it */
} HallNews;

/* A page of the changes, or of the whole. */
typedef struct {
  GPtrArray *news;       /* of HallNews, in the service's order */
  char      *at;         /* of the whole only: the cursor it is pinned to */
  char      *next;       /* the cursor after them; of the whole what names the next page, absent when it was the last */
  gboolean   has_more;
  gint64     remaining;  /* how many come after this page */
  gboolean   start_over; /* only the next is set: what was asked for is not kept any more, the whole is needed */
  gboolean   restored;   /* because the service came back from a backup, so what it lacks it may have forgotten */
} HallPage;

typedef enum {
  HALL_VERDICT_TAKEN,   /* done; news: how the row is now */
  HALL_VERDICT_STALE,   /* not done: the row is not what it was; news: how it is now */
  HALL_VERDICT_EXISTS,  /* not done: news is another row that stands in its place */
  HALL_VERDICT_ORPHAN,  /* not done: the service lacks a row that this one hangs on; reason: for when nobody knows why */
  HALL_VERDICT_REFUSED, /* not done, and it never will be; reason: why, one sentence */
} HallVerdictKind;

typedef struct {
  HallVerdictKind kind;
  HallNews       *news;
  char           *reason;
} HallVerdict;

typedef struct {
  const char  *service; /* as HallAccount has it */

  HallRequest *(*ask_session)   (void);
  gboolean     (*read_session)  (const HallReply     *reply,
                                 GError             **error);

  HallRequest *(*ask_page)      (const char          *cursor);
  HallPage    *(*read_page)     (const HallReply     *reply,
                                 GError             **error);

  HallRequest *(*ask_whole)     (const char          *after);
  HallPage    *(*read_whole)    (const HallReply     *reply,
                                 GError             **error);

  /* What will most likely be asked after this reply, so that it may be asked while the reply is being taken: only
   * ever what changes nothing; absent when nobody can say. */
  HallRequest *(*ask_ahead)     (const HallRequest   *request,
                                 const HallReply     *reply);

  HallRequest *(*ask_row)       (const HallKind      *kind,
                                 const char          *id);
  HallNews    *(*read_row)      (const HallKind      *kind,
                                 const char          *id,
                                 const HallReply     *reply,
                                 GError             **error);

  /* The bytes of a create (before is absent), or of a change; absent when there is nothing to change. */
  char        *(*write_body)    (gconstpointer        before,
                                 gconstpointer        after);
  /* What the row was to become by those bytes. */
  gpointer     (*read_body)     (const HallOperation *operation,
                                 gconstpointer        before,
                                 GError             **error);
  HallRequest *(*ask_operation) (const HallOperation *operation);
  HallVerdict *(*read_verdict)  (const HallOperation *operation,
                                 const HallReply     *reply,
                                 GError             **error);
} HallRemote;

HallNews    *hall_news_new     (const HallKind  *kind,
                                const char      *id,
                                const char      *mark,
                                gpointer         value);
void         hall_news_free    (HallNews        *news);

HallPage    *hall_page_new     (void);
void         hall_page_free    (HallPage        *page);

HallVerdict *hall_verdict_new  (HallVerdictKind  kind,
                                HallNews        *news,
                                const char      *reason);
void         hall_verdict_free (HallVerdict     *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallNews, hall_news_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallPage, hall_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallVerdict, hall_verdict_free)

G_END_DECLS
