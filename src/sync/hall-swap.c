/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole is met row by row, as news are: what waits to be sent is merged with it, and what is local stays. Only
 * what differs from the bases is touched, and all of it happens in one transaction. */
#include "sync/hall-swap.h"

#include "format/hall-wire.h"
#include "model/hall-chat.h"
#include "model/hall-kinds.h"
#include "store/hall-bases.h"
#include "store/hall-echoes.h"
#include "sync/hall-arrival.h"
#include "sync/hall-recall.h"

typedef GPtrArray *(*List) (HallDatabase    *db,
                            const char      *account,
                            const HallKind  *kind,
                            const char      *after,
                            GError         **error);

typedef gboolean (*Meet) (HallTransfer    *transfer,
                          const HallNews  *news,
                          GError         **error);

static HallNews *
make_news (const HallKind       *kind,
           const HallStagedRow  *row,
           GError              **error)
{
  HallValue *value;

  if (row->json == NULL)
    return hall_news_new (kind, row->id, row->mark, NULL);

  value = hall_wire_read (kind, row->json, -1, HALL_WIRE_ALL, error);

  return value != NULL ? hall_news_new (kind, row->id, row->mark, value) : NULL;
}

/* All rows of a kind that are in a list, some at a time: there may be more than fit into memory. */
static gboolean
meet_kind (HallTransfer    *transfer,
           const HallKind  *kind,
           List             list,
           Meet             meet,
           GError         **error)
{
  g_autofree char *after = NULL;

  while (TRUE) {
    g_autoptr (GPtrArray) rows = list (transfer->db, transfer->account, kind, after, error);

    if (rows == NULL)
      return FALSE;
    if (rows->len == 0)
      return TRUE;

    for (guint i = 0; i < rows->len; i++) {
      const HallStagedRow *row = g_ptr_array_index (rows, i);
      g_autoptr (HallNews) news = make_news (kind, row, error);

      if (news == NULL || !meet (transfer, news, error))
        return FALSE;
      g_set_str (&after, row->id);
    }
  }
}

/* Parents before their children, and tombstones the other way round; what is offered again is offered in the order
 * in which it can be taken. */
static gboolean
meet_all (HallTransfer  *transfer,
          gboolean       restored,
          GError       **error)
{
  Meet                   meet = restored ? hall_recall_compare : hall_arrival_take;
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    if (kinds[i]->sent && !meet_kind (transfer, kinds[i], hall_staging_list_news, meet, error))
      return FALSE;

  if (!restored && !meet_kind (transfer, &hall_chat_kind, hall_staging_list_missing, hall_arrival_foresee, error))
    return FALSE;

  for (guint i = 0; i < n_kinds; i++) {
    const HallKind *kind = kinds[restored ? i : n_kinds - 1 - i];

    if (kind->sent && !meet_kind (transfer, kind, hall_staging_list_missing, meet, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_swap_stage:
 * @transfer: an exchange in which the whole is fetched
 * @page: a page of it, or of the changes since
 * @at: the cursor up to which what is staged is good then
 * @next: (nullable): names the next page of the whole; NULL when there is none
 * @error: HALL_STORE_ERROR
 *
 * Puts a page beside the library.
 *
 * Returns: whether it went well
 */
gboolean
hall_swap_stage (HallTransfer    *transfer,
                 const HallPage  *page,
                 const char      *at,
                 const char      *next,
                 GError         **error)
{
  g_return_val_if_fail (transfer != NULL && page != NULL && at != NULL, FALSE);

  for (guint i = 0; i < page->news->len; i++) {
    const HallNews  *news = g_ptr_array_index (page->news, i);
    g_autofree char *json = news->value != NULL ? hall_wire_write (news->value, HALL_WIRE_ALL) : NULL;

    if (!hall_staging_put (transfer->db, transfer->account, news->kind, news->id, news->mark, json, error))
      return FALSE;
  }

  return hall_staging_move (transfer->db, transfer->account, at, next, error);
}

/**
 * hall_swap_run:
 * @transfer: an exchange in which the whole has been fetched to its end
 * @staging: how far it is good
 * @error: HALL_STORE_ERROR, or HALL_FORMAT_ERROR when what is kept is damaged
 *
 * Brings the library to what is staged, moves the cursor there, and takes what is staged away. What the service
 * lacks was deleted there; but when it came back from a backup, only what it says it has deleted was, and the rest is
 * offered again.
 *
 * Returns: whether it went well
 */
gboolean
hall_swap_run (HallTransfer       *transfer,
               const HallStaging  *staging,
               GError            **error)
{
  g_return_val_if_fail (transfer != NULL && staging != NULL && staging->at != NULL, FALSE);

  return meet_all (transfer, staging->restored, error) &&
         hall_echoes_hear_all (transfer->db, transfer->account, error) &&
         hall_bases_set_cursor (transfer->db, transfer->account, staging->at, error) &&
         hall_staging_end (transfer->db, transfer->account, error);
}
