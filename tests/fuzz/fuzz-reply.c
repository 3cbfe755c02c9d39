/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as what a service says of itself, of its news or of a row: refused in a sentence, or sound throughout. */
#include "fuzz.h"
#include "reply-bytes.h"

#include "model/hall-id.h"
#include "model/hall-kinds.h"
#include "sync/hall-backoff.h"
#include "sync/hall-remote-hallway.h"

#define ID  "01900000-0000-7000-8000-000000000001"
#define NOW G_GINT64_CONSTANT (1464195630000000)

static void
check_error (const GError *error)
{
  g_assert_true (error != NULL && error->domain == HALL_SYNC_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_news (const HallNews *news)
{
  g_assert_true (hall_id_is_valid (news->id));
  g_assert_true (news->kind->sent);
  if (news->mark != NULL)
    g_assert_true (*news->mark != '\0' && strpbrk (news->mark, "\r\n\"") == NULL);
  if (news->value != NULL) {
    const HallValue *value = news->value;

    g_assert_true (value->kind == news->kind);
    g_assert_cmpstr (value->id, ==, news->id);
    g_assert_nonnull (news->mark);
  }
}

static void
check_page (const HallReply *reply)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallPage)    page = hall_remote_hallway.read_page (reply, &error);
  g_autoptr (HallRequest) next = NULL;

  if (page == NULL) {
    check_error (error);
    return;
  }

  g_assert_cmpint (page->remaining, >=, 0);
  for (guint i = 0; i < page->news->len; i++)
    check_news (g_ptr_array_index (page->news, i));
  if (!page->start_over) {
    next = hall_remote_hallway.ask_page (page->next);
    g_assert_null (strpbrk (next->query, " \r\n#"));
  }
}

static void
check_whole (const HallReply *reply)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallPage)    page = hall_remote_hallway.read_whole (reply, &error);
  g_autoptr (HallRequest) next = NULL;

  if (page == NULL) {
    check_error (error);
    return;
  }

  for (guint i = 0; i < page->news->len; i++) {
    const HallNews *news = g_ptr_array_index (page->news, i);

    check_news (news);
    g_assert_nonnull (news->value);
  }
  if (!page->start_over)
    g_assert_nonnull (page->at);
  next = hall_remote_hallway.ask_whole (page->next);
  g_assert_null (strpbrk (next->query, " \r\n#"));
}

static void
check_row (const HallReply *reply,
           const HallKind  *kind)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallNews) news = hall_remote_hallway.read_row (kind, ID, reply, &error);

  if (news == NULL) {
    check_error (error);
    return;
  }

  g_assert_true (news->kind == kind);
  check_news (news);
}

/* The first byte chooses what was asked. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HallReply)  reply = NULL;
  g_autoptr (GError)     error = NULL;
  const HallKind *const *kinds;
  guint                  n;
  gint64                 wish;

  if (size == 0)
    return 0;

  reply = reply_from_bytes (data + 1, size - 1);
  wish = hall_backoff_read_wish (reply->headers, NOW);
  g_assert_true (wish <= HALL_BACKOFF_LONGEST);

  kinds = hall_kinds_list (&n);
  if (data[0] % 8 == 0) {
    if (!hall_remote_hallway.read_session (reply, &error))
      check_error (error);
  } else if (data[0] % 8 < 4) {
    check_page (reply);
  } else if (data[0] % 8 < 6) {
    check_whole (reply);
  } else if (kinds[data[0] / 8 % n]->sent) {
    check_row (reply, kinds[data[0] / 8 % n]);
  }

  return 0;
}
