/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row that was changed again moves to the end of the service's record, so its children may come before it. What
 * is missing is asked for first; then the whole page and its cursor go into the library together. */
#include "sync/hall-inflow.h"

#include "model/hall-id.h"
#include "model/hall-kinds.h"
#include "store/hall-bases.h"
#include "store/hall-echoes.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"
#include "sync/hall-arrival.h"
#include "sync/hall-recall.h"
#include "sync/hall-row-parents.h"

#include <string.h>

struct _HallInflow {
  HallPage       *page;
  GHashTable     *settled; /* "kind/id" of rows that need not be asked for: here, in the page, or nowhere */
  const HallKind *wanted;  /* kind of the row to ask for, or absent */
  char           *wanted_id;
};

typedef struct {
  HallInflow   *inflow;
  HallTransfer *transfer;
} Review;

static char *
make_key (const HallKind *kind,
          const char     *id)
{
  return g_strconcat (kind->name, "/", id, NULL);
}

/* A row that was removed here is not asked for: its children stay away with it. */
static gboolean
is_here_or_removed (HallTransfer    *transfer,
                    const HallKind  *kind,
                    const char      *id,
                    gboolean        *is,
                    GError         **error)
{
  g_autoptr (HallValue)     row = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (GError)        fault = NULL;

  row = hall_rows_get (transfer->db, kind, id, &fault);
  if (row == NULL && fault == NULL)
    operation = hall_outbox_find (transfer->db, kind, id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  *is = row != NULL || operation != NULL;
  return TRUE;
}

static gboolean
review_parent (const HallKind  *parent,
               const char      *id,
               gpointer         data,
               GError         **error)
{
  Review          *review = data;
  HallInflow      *self = review->inflow;
  g_autofree char *key = make_key (parent, id);
  gboolean         is_settled;

  if (self->wanted != NULL || g_hash_table_contains (self->settled, key))
    return TRUE;

  /* Only ids go into a path. */
  if (!hall_id_is_valid (id))
    is_settled = TRUE;
  else if (!is_here_or_removed (review->transfer, parent, id, &is_settled, error))
    return FALSE;

  if (is_settled) {
    g_hash_table_add (self->settled, g_steal_pointer (&key));
  } else {
    self->wanted = parent;
    self->wanted_id = g_strdup (id);
  }

  return TRUE;
}

/* Rows with parents before their children, then tombstones the other way round: so whatever hangs on a row can
 * be moved before the row goes. */
static int
compare_news (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const HallNews *one = *(const HallNews *const *) a;
  const HallNews *other = *(const HallNews *const *) b;
  GHashTable     *ranks = data;
  int             rank_one = GPOINTER_TO_INT (g_hash_table_lookup (ranks, one->kind));
  int             rank_other = GPOINTER_TO_INT (g_hash_table_lookup (ranks, other->kind));

  if ((one->value == NULL) != (other->value == NULL))
    return one->value == NULL ? 1 : -1;

  return one->value == NULL ? rank_other - rank_one : rank_one - rank_other;
}

static void
sort_news (GPtrArray *news)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (NULL, NULL);
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    g_hash_table_insert (ranks, (gpointer) kinds[i], GINT_TO_POINTER ((int) i));

  g_ptr_array_sort_with_data (news, compare_news, ranks);
}

static gboolean
foresee_tombstones (HallInflow    *self,
                    HallTransfer  *transfer,
                    guint          first,
                    GError       **error)
{
  for (guint i = first; i < self->page->news->len; i++)
    if (!hall_arrival_foresee (transfer, g_ptr_array_index (self->page->news, i), error))
      return FALSE;

  return TRUE;
}

/**
 * hall_inflow_new:
 * @page: (transfer full): a page that does not ask to start over
 *
 * Returns: (transfer full): the page, to be reviewed next
 */
HallInflow *
hall_inflow_new (HallPage *page)
{
  HallInflow *self;

  g_return_val_if_fail (page != NULL && !page->start_over, NULL);

  self = g_new0 (HallInflow, 1);
  self->page = page;
  self->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < page->news->len; i++) {
    const HallNews *news = g_ptr_array_index (page->news, i);

    g_hash_table_add (self->settled, make_key (news->kind, news->id));
  }

  return self;
}

/**
 * hall_inflow_free:
 * @self: (transfer full) (nullable): a page
 */
void
hall_inflow_free (HallInflow *self)
{
  if (self == NULL)
    return;

  hall_page_free (self->page);
  g_hash_table_unref (self->settled);
  g_free (self->wanted_id);
  g_free (self);
}

/**
 * hall_inflow_is_last:
 * @self: a page
 *
 * Returns: whether the service has no more news after it
 */
gboolean
hall_inflow_is_last (HallInflow *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->page->has_more;
}

/**
 * hall_inflow_review:
 * @self: a page
 * @transfer: an exchange
 * @error: HALL_STORE_ERROR
 *
 * Looks whether a row is missing that one of the page hangs on; hall_inflow_wants() tells which.
 *
 * Returns: whether it went well
 */
gboolean
hall_inflow_review (HallInflow    *self,
                    HallTransfer  *transfer,
                    GError       **error)
{
  Review review = { self, transfer };

  g_return_val_if_fail (self != NULL && transfer != NULL, FALSE);

  self->wanted = NULL;
  g_clear_pointer (&self->wanted_id, g_free);
  for (guint i = 0; i < self->page->news->len && self->wanted == NULL; i++) {
    const HallNews *news = g_ptr_array_index (self->page->news, i);

    if (news->value != NULL && !hall_row_parents_each (news->value, review_parent, &review, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_inflow_wants:
 * @self: a page that has been reviewed
 * @id: (out) (transfer none): id of the row that is missing
 *
 * Returns: (transfer none) (nullable): the kind of the row that is missing; NULL when nothing is
 */
const HallKind *
hall_inflow_wants (HallInflow  *self,
                   const char **id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  *id = self->wanted_id;
  return self->wanted;
}

/**
 * hall_inflow_add:
 * @self: a page
 * @news: (transfer full): what the service says of the row that was missing; it may be nowhere
 *
 * To be followed by another hall_inflow_review().
 */
void
hall_inflow_add (HallInflow *self,
                 HallNews   *news)
{
  g_return_if_fail (self != NULL && news != NULL);

  g_hash_table_add (self->settled, make_key (news->kind, news->id));
  if (news->value != NULL)
    g_ptr_array_add (self->page->news, news);
  else
    hall_news_free (news);
}

/* A version that was here before is no news, but from a backup. */
static gboolean
take (HallTransfer    *transfer,
      const HallNews  *news,
      GError         **error)
{
  gboolean is_past = FALSE;

  if (news->value != NULL && !hall_bases_is_past (transfer->db, news->kind, news->id, news->mark, &is_past, error))
    return FALSE;

  return is_past ? hall_recall_compare (transfer, news, error) : hall_arrival_take (transfer, news, error);
}

/**
 * hall_inflow_apply:
 * @self: a page that wants nothing
 * @transfer: an exchange
 * @error: HALL_STORE_ERROR
 *
 * Takes all of the page and moves the cursor behind it.
 *
 * Returns: whether it went well
 */
gboolean
hall_inflow_apply (HallInflow    *self,
                   HallTransfer  *transfer,
                   GError       **error)
{
  gboolean are_foreseen = FALSE;

  g_return_val_if_fail (self != NULL && transfer != NULL, FALSE);
  g_return_val_if_fail (self->wanted == NULL, FALSE);

  sort_news (self->page->news);
  for (guint i = 0; i < self->page->news->len; i++) {
    const HallNews *news = g_ptr_array_index (self->page->news, i);

    if (news->value == NULL && !are_foreseen) {
      are_foreseen = TRUE;
      if (!foresee_tombstones (self, transfer, i, error))
        return FALSE;
    }
    if (!take (transfer, news, error) ||
        !hall_echoes_hear (transfer->db, transfer->account, news->kind, news->id, error))
      return FALSE;
  }

  return hall_bases_set_cursor (transfer->db, transfer->account, self->page->next, error);
}
