/* SPDX-License-Identifier: GPL-3.0-or-later
 * The values a service's words are read into. */
#include "sync/hall-remote.h"

/**
 * hall_news_new:
 * @kind: a kind
 * @id: the id of a row of that kind
 * @mark: (nullable): the name of this version of it
 * @value: (transfer full) (nullable): the row; NULL when the service has deleted it
 *
 * Returns: (transfer full): what the service says of one row
 */
HallNews *
hall_news_new (const HallKind *kind,
               const char     *id,
               const char     *mark,
               gpointer        value)
{
  HallNews *news;

  g_return_val_if_fail (kind != NULL && id != NULL, NULL);
  g_return_val_if_fail (value == NULL || mark != NULL, NULL);

  news = g_new0 (HallNews, 1);
  news->kind = kind;
  news->id = g_strdup (id);
  news->mark = g_strdup (mark);
  news->value = value;

  return news;
}

/**
 * hall_news_free:
 * @news: (transfer full) (nullable): news of a row
 */
void
hall_news_free (HallNews *news)
{
  if (news == NULL)
    return;

  g_free (news->id);
  g_free (news->mark);
  hall_value_unref (news->value);
  g_free (news);
}

/**
 * hall_page_new:
 *
 * Returns: (transfer full): a page with no news yet
 */
HallPage *
hall_page_new (void)
{
  HallPage *page = g_new0 (HallPage, 1);

  page->news = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_news_free);

  return page;
}

/**
 * hall_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
hall_page_free (HallPage *page)
{
  if (page == NULL)
    return;

  g_ptr_array_unref (page->news);
  g_free (page->at);
  g_free (page->next);
  g_free (page);
}

/**
 * hall_verdict_new:
 * @kind: what came of an operation
 * @news: (transfer full) (nullable): the row it left, or met
 * @reason: (nullable): why it was refused
 *
 * Returns: (transfer full): the verdict
 */
HallVerdict *
hall_verdict_new (HallVerdictKind  kind,
                  HallNews        *news,
                  const char      *reason)
{
  HallVerdict *verdict;

  g_return_val_if_fail ((kind == HALL_VERDICT_REFUSED || kind == HALL_VERDICT_ORPHAN) == (reason != NULL), NULL);
  g_return_val_if_fail ((reason == NULL) == (news != NULL), NULL);

  verdict = g_new0 (HallVerdict, 1);
  verdict->kind = kind;
  verdict->news = news;
  verdict->reason = g_strdup (reason);

  return verdict;
}

/**
 * hall_verdict_free:
 * @verdict: (transfer full) (nullable): a verdict
 */
void
hall_verdict_free (HallVerdict *verdict)
{
  if (verdict == NULL)
    return;

  hall_news_free (verdict->news);
  g_free (verdict->reason);
  g_free (verdict);
}
