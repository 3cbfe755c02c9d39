/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes go into the library page by page. When the service does not know our cursor any more, the whole is fetched
 * beside the library and swapped in. At the end whatever the service has kept silent about is asked for. */
#include "sync/hall-intake.h"

#include "store/hall-bases.h"
#include "store/hall-echoes.h"
#include "store/hall-staging.h"
#include "sync/hall-inflow.h"
#include "sync/hall-recall.h"
#include "sync/hall-swap.h"

#include <glib/gi18n.h>
#include <string.h>

/* A service that loses its own cursors as fast as it gives them out is asked no more in this exchange. */
#define MOST_RESTARTS 3

typedef enum {
  ASKED_CHANGES,
  ASKED_PARENT,  /* a row that one of the page hangs on */
  ASKED_WHOLE,
  ASKED_SINCE,   /* changes since the whole was begun, or all of them */
  ASKED_SILENCE, /* a row that the service took an edit of, and told nothing about */
} Asked;

struct _HallIntake {
  Asked           asked;
  char           *from;    /* the cursor or token that was asked from, or absent */
  HallStaging    *staging; /* how far the whole was fetched when it was asked for, or absent */
  const HallKind *kind;    /* of the row that was asked for in silence */
  char           *id;

  HallInflow     *inflow;  /* the page that waits for missing rows */
  gboolean        is_told; /* all changes have come */
  guint           n_restarts;
  guint           n_done;
  guint           n_total;
};

static void
say_nonsense (GError **trouble)
{
  g_set_error_literal (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE,
                       _("The service sends the same page of news again and again, so Hallway stopped asking. "
                         "What had come before is kept."));
}

static void
count_page (HallIntake     *self,
            const HallPage *page)
{
  self->n_done += page->news->len;
  self->n_total = self->n_done + page->remaining;
}

/* The library stays as it is until the whole is there. */
static gboolean
start_over (HallIntake      *self,
            HallTransfer    *transfer,
            const HallPage  *page,
            GError         **trouble,
            GError         **error)
{
  if (++self->n_restarts > MOST_RESTARTS) {
    say_nonsense (trouble);
    return TRUE;
  }

  self->n_done = self->n_total = 0;
  return hall_staging_begin (transfer->db, transfer->account, page->restored, error);
}

static gboolean
apply_when_complete (HallIntake    *self,
                     HallTransfer  *transfer,
                     GError       **error)
{
  g_autoptr (HallInflow) complete = NULL;
  const char            *id;

  if (!hall_inflow_review (self->inflow, transfer, error))
    return FALSE;
  if (hall_inflow_wants (self->inflow, &id) != NULL)
    return TRUE;

  complete = g_steal_pointer (&self->inflow);
  self->is_told = hall_inflow_is_last (complete);

  return hall_inflow_apply (complete, transfer, error);
}

/* Whether the service leads round in a circle. */
static gboolean
is_circular (HallIntake      *self,
             const HallPage  *page,
             GError         **trouble)
{
  if (!page->has_more || g_strcmp0 (page->next, self->from) != 0)
    return FALSE;

  say_nonsense (trouble);
  return TRUE;
}

static gboolean
take_changes (HallIntake       *self,
              HallTransfer     *transfer,
              const HallReply  *reply,
              GError          **trouble,
              GError          **error)
{
  g_autoptr (HallPage) page = transfer->remote->read_page (reply, trouble);

  if (page == NULL)
    return TRUE;
  if (page->start_over)
    return start_over (self, transfer, page, trouble, error);
  if (is_circular (self, page, trouble))
    return TRUE;

  count_page (self, page);
  self->inflow = hall_inflow_new (g_steal_pointer (&page));

  return apply_when_complete (self, transfer, error);
}

static gboolean
take_parent (HallIntake       *self,
             HallTransfer     *transfer,
             const HallReply  *reply,
             GError          **trouble,
             GError          **error)
{
  HallNews       *news;
  const HallKind *kind;
  const char     *id;

  kind = hall_inflow_wants (self->inflow, &id);
  news = transfer->remote->read_row (kind, id, reply, trouble);
  if (news == NULL)
    return TRUE;

  hall_inflow_add (self->inflow, news);
  return apply_when_complete (self, transfer, error);
}

static gboolean
take_whole (HallIntake       *self,
            HallTransfer     *transfer,
            const HallReply  *reply,
            GError          **trouble,
            GError          **error)
{
  g_autoptr (HallPage) page = transfer->remote->read_whole (reply, trouble);

  if (page == NULL)
    return TRUE;
  if (page->start_over)
    return start_over (self, transfer, page, trouble, error);
  if (self->staging->at != NULL && strcmp (page->at, self->staging->at) != 0)
    return start_over (self, transfer, page, trouble, error);
  if (is_circular (self, page, trouble))
    return TRUE;

  count_page (self, page);
  return hall_swap_stage (transfer, page, page->at, page->next, error);
}

static gboolean
take_since (HallIntake       *self,
            HallTransfer     *transfer,
            const HallReply  *reply,
            GError          **trouble,
            GError          **error)
{
  g_autoptr (HallPage)    page = transfer->remote->read_page (reply, trouble);
  g_autoptr (HallStaging) complete = NULL;

  if (page == NULL)
    return TRUE;
  if (page->start_over)
    return start_over (self, transfer, page, trouble, error);
  if (is_circular (self, page, trouble))
    return TRUE;

  count_page (self, page);
  if (!hall_swap_stage (transfer, page, page->next, NULL, error))
    return FALSE;
  if (page->has_more)
    return TRUE;

  complete = hall_staging_find (transfer->db, transfer->account, error);
  self->is_told = TRUE;

  return complete != NULL && hall_swap_run (transfer, complete, error);
}

static gboolean
take_silence (HallIntake       *self,
              HallTransfer     *transfer,
              const HallReply  *reply,
              GError          **trouble,
              GError          **error)
{
  g_autoptr (HallNews) news = transfer->remote->read_row (self->kind, self->id, reply, trouble);

  if (news == NULL)
    return TRUE;

  return hall_recall_compare (transfer, news, error) &&
         hall_echoes_hear (transfer->db, transfer->account, self->kind, self->id, error);
}

/* What is staged was perhaps begun by an exchange before this one. */
static gboolean
ask_staged (HallIntake    *self,
            HallTransfer  *transfer,
            HallRequest  **request,
            GError       **error)
{
  gint64 n = self->n_total == 0 ? hall_staging_count (transfer->db, transfer->account, error) : self->n_done;

  if (n < 0)
    return FALSE;

  self->n_done = n;
  /* The whole tells nothing of rows that are not there. Whether a service that came back from a backup has deleted or
   * forgotten them is seen from its changes, from the first one on. */
  if (!self->staging->restored && (self->staging->at == NULL || self->staging->next != NULL)) {
    self->asked = ASKED_WHOLE;
    g_set_str (&self->from, self->staging->next);
    *request = transfer->remote->ask_whole (self->from);
  } else {
    self->asked = ASKED_SINCE;
    g_set_str (&self->from, self->staging->at);
    *request = transfer->remote->ask_page (self->from);
  }

  return TRUE;
}

static gboolean
ask_changes (HallIntake    *self,
             HallTransfer  *transfer,
             HallRequest  **request,
             GError       **error)
{
  g_autoptr (GError) fault = NULL;

  g_free (self->from);
  self->from = hall_bases_get_cursor (transfer->db, transfer->account, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  self->asked = ASKED_CHANGES;
  *request = transfer->remote->ask_page (self->from);

  return TRUE;
}

static gboolean
ask_silence (HallIntake    *self,
             HallTransfer  *transfer,
             HallRequest  **request,
             GError       **error)
{
  g_clear_pointer (&self->id, g_free);
  if (!hall_echoes_find (transfer->db, transfer->account, &self->kind, &self->id, error))
    return FALSE;
  if (self->id == NULL)
    return TRUE;

  self->asked = ASKED_SILENCE;
  *request = transfer->remote->ask_row (self->kind, self->id);

  return TRUE;
}

/**
 * hall_intake_new:
 *
 * Returns: (transfer full): a download that has not begun
 */
HallIntake *
hall_intake_new (void)
{
  return g_new0 (HallIntake, 1);
}

/**
 * hall_intake_free:
 * @self: (transfer full) (nullable): a download, at its end or not
 *
 * What has come of a whole stays staged, and the next one goes on with it.
 */
void
hall_intake_free (HallIntake *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->inflow, hall_inflow_free);
  g_clear_pointer (&self->staging, hall_staging_free);
  g_free (self->from);
  g_free (self->id);
  g_free (self);
}

/**
 * hall_intake_begin:
 * @self: a download that has come to its end
 *
 * Makes it ask once more for what is new.
 */
void
hall_intake_begin (HallIntake *self)
{
  g_return_if_fail (self != NULL);

  self->is_told = FALSE;
}

/**
 * hall_intake_ask:
 * @self: a download
 * @transfer: the exchange
 * @request: (out) (transfer full) (nullable): what to ask now; NULL when everything has come
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_intake_ask (HallIntake    *self,
                 HallTransfer  *transfer,
                 HallRequest  **request,
                 GError       **error)
{
  g_autoptr (GError) fault = NULL;
  const HallKind    *kind;
  const char        *id;

  g_return_val_if_fail (self != NULL && transfer != NULL && request != NULL, FALSE);

  *request = NULL;
  kind = self->inflow != NULL ? hall_inflow_wants (self->inflow, &id) : NULL;
  if (kind != NULL) {
    self->asked = ASKED_PARENT;
    *request = transfer->remote->ask_row (kind, id);
    return TRUE;
  }

  if (self->is_told)
    return ask_silence (self, transfer, request, error);

  g_clear_pointer (&self->staging, hall_staging_free);
  self->staging = hall_staging_find (transfer->db, transfer->account, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  return self->staging != NULL ? ask_staged (self, transfer, request, error)
                               : ask_changes (self, transfer, request, error);
}

/**
 * hall_intake_take:
 * @self: a download that has asked for something
 * @transfer: the exchange
 * @reply: what came back
 * @trouble: (out): set when the reply is not what it should be: the download ends here; a HALL_SYNC_ERROR
 * @error: HALL_STORE_ERROR
 *
 * Brings what came into the library, or beside it.
 *
 * Returns: whether it went well
 */
gboolean
hall_intake_take (HallIntake       *self,
                  HallTransfer     *transfer,
                  const HallReply  *reply,
                  GError          **trouble,
                  GError          **error)
{
  g_return_val_if_fail (self != NULL && transfer != NULL && reply != NULL && trouble != NULL, FALSE);

  switch (self->asked) {
  case ASKED_CHANGES:
    return take_changes (self, transfer, reply, trouble, error);
  case ASKED_PARENT:
    return take_parent (self, transfer, reply, trouble, error);
  case ASKED_WHOLE:
    return take_whole (self, transfer, reply, trouble, error);
  case ASKED_SINCE:
    return take_since (self, transfer, reply, trouble, error);
  case ASKED_SILENCE:
    return take_silence (self, transfer, reply, trouble, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

/**
 * hall_intake_get_progress:
 * @self: a download
 * @done: (out): how many rows and changes have come
 * @total: (out): how many there are; 0 when that is not known yet
 */
void
hall_intake_get_progress (HallIntake *self,
                          guint      *done,
                          guint      *total)
{
  g_return_if_fail (self != NULL && done != NULL && total != NULL);

  *done = MIN (self->n_done, self->n_total);
  *total = self->n_total;
}
