/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as what a service decided about an edit: not understood, or one clear verdict with what belongs to it. */
#include "fuzz.h"
#include "reply-bytes.h"

#include "model/hall-id.h"
#include "model/hall-kinds.h"
#include "sync/hall-remote-hallway.h"

#define ID "01900000-0000-7000-8000-000000000001"

static void
check_verdict (const HallVerdict   *verdict,
               const HallOperation *operation)
{
  const HallValue *value = verdict->news != NULL ? verdict->news->value : NULL;

  g_assert_true ((verdict->kind == HALL_VERDICT_REFUSED) == (verdict->reason != NULL));
  g_assert_true ((verdict->kind == HALL_VERDICT_REFUSED) == (verdict->news == NULL));

  if (verdict->reason != NULL) {
    g_assert_true (g_utf8_validate (verdict->reason, -1, NULL));
    g_assert_true (*verdict->reason != '\0' && strpbrk (verdict->reason, "\r\n\t") == NULL);
    g_assert_cmpint (g_utf8_strlen (verdict->reason, -1), <, 400);
    return;
  }

  g_assert_true (verdict->news->kind == operation->kind);
  g_assert_true (hall_id_is_valid (verdict->news->id));
  if (verdict->kind != HALL_VERDICT_EXISTS)
    g_assert_cmpstr (verdict->news->id, ==, operation->row);
  else
    g_assert_nonnull (value);
  if (value != NULL) {
    g_assert_nonnull (verdict->news->mark);
    g_assert_null (strpbrk (verdict->news->mark, "\r\n\""));
    g_assert_cmpstr (value->id, ==, verdict->news->id);
  }
}

/* The first byte chooses what was sent. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const HallOperationVerb verbs[] = { HALL_OPERATION_CREATE, HALL_OPERATION_CHANGE, HALL_OPERATION_REMOVE };
  HallOperation                  operation = { .id = (char *) ID, .row = (char *) ID, .base_mark = (char *) "a1" };
  g_autoptr (HallReply)          reply = NULL;
  g_autoptr (HallVerdict)        verdict = NULL;
  g_autoptr (GError)             error = NULL;
  const HallKind *const         *kinds;
  guint                          n;

  if (size == 0)
    return 0;

  kinds = hall_kinds_list (&n);
  operation.kind = kinds[data[0] / 3 % n];
  operation.verb = verbs[data[0] % 3];
  if (!operation.kind->sent)
    return 0;

  reply = reply_from_bytes (data + 1, size - 1);
  verdict = hall_remote_hallway.read_verdict (&operation, reply, &error);
  if (verdict != NULL) {
    check_verdict (verdict, &operation);
  } else {
    g_assert_true (error != NULL && error->domain == HALL_SYNC_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }

  return 0;
}
