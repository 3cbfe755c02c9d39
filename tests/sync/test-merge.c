/* SPDX-License-Identifier: GPL-3.0-or-later
 * Merging three versions of one value, field by field. */
#include "sync/hall-merge.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-post.h"

#define ID "01900000-0000-7000-8000-000000000001"

/* What a side holds in one field; the rest of the chat is the same everywhere. */
typedef struct {
  const char *name;
  const char *field;
  const char *base;
  const char *mine;
  const char *theirs;
  const char *merged;
  gboolean    conflict;
} Case;

static const Case cases[] = {
  { "nothing", "title", "a", "a", "a", "a", FALSE },
  { "mine-only", "title", "a", "b", "a", "b", FALSE },
  { "theirs-only", "title", "a", "a", "b", "b", FALSE },
  { "both-the-same", "title", "a", "b", "b", "b", FALSE },
  { "both-differ", "title", "a", "b", "c", "b", TRUE },
  { "mine-set", "recording", NULL, "b", NULL, "b", FALSE },
  { "theirs-cleared", "recording", "a", "a", NULL, NULL, FALSE },
  { "mine-cleared-theirs-changed", "recording", "a", NULL, "c", NULL, TRUE },
  { "absent-is-not-empty", "recording", NULL, "", NULL, "", FALSE },
  { "long-apart", "summary", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", FALSE },
  { "long-meeting", "summary", "a\nb\n", "A\nb\n", "a\nB\n", "A\nb\n", TRUE },
  { "long-set-by-both", "summary", NULL, "A\n", "B\n", "A\n", TRUE },
  { "local-stays-mine", "account", NULL, "mine", NULL, "mine", FALSE },
  { "local-never-taken", "account", NULL, NULL, "theirs", NULL, FALSE },
  { "service-is-theirs", "sign_up_url", NULL, NULL, "https://example.org/e/x", "https://example.org/e/x", FALSE },
  { "service-never-mine", "sign_up_url", "a", "b", "a", "a", FALSE },
  { "service-never-in-conflict", "sign_up_url", "a", "b", "c", "c", FALSE },
};

static HallChat *
make_chat (const char *field,
           const char *text)
{
  HallChat *chat = hall_value_new (&hall_chat_kind, ID);

  chat->title = g_strdup ("Chat");
  chat->slug = g_strdup ("chat");
  chat->wall = g_strdup ("2016-05-30T15:30");
  chat->zone = g_strdup ("America/Los_Angeles");
  chat->status = g_strdup ("scheduled");
  if (field != NULL)
    hall_value_set_text (chat, hall_kind_find_field (&hall_chat_kind, field), text);

  return chat;
}

static void
test_case (gconstpointer data)
{
  const Case           *row = data;
  const HallField      *field = hall_kind_find_field (&hall_chat_kind, row->field);
  g_autoptr (HallChat)  base = make_chat (row->field, row->base);
  g_autoptr (HallChat)  mine = make_chat (row->field, row->mine);
  g_autoptr (HallChat)  theirs = make_chat (row->field, row->theirs);
  g_autoptr (HallMerge) merge = hall_merge_values (base, mine, theirs);

  g_assert_cmpstr (hall_value_get_text (merge->value, field), ==, row->merged);
  g_assert_cmpuint (merge->conflicts->len, ==, row->conflict ? 1 : 0);
  if (row->conflict)
    g_assert_true (g_ptr_array_index (merge->conflicts, 0) == field);
  g_assert_cmpstr (((HallValue *) merge->value)->id, ==, ID);
  g_assert_cmpstr (((HallChat *) merge->value)->slug, ==, "chat");
}

static void
test_different_fields (void)
{
  g_autoptr (HallChat)  base = make_chat (NULL, NULL);
  g_autoptr (HallChat)  mine = make_chat ("title", "Mine");
  g_autoptr (HallChat)  theirs = make_chat ("slug", "theirs");
  g_autoptr (HallMerge) merge = NULL;
  HallChat             *merged;

  theirs->duration = 45;
  mine->capacity = 20;
  merge = hall_merge_values (base, mine, theirs);
  merged = merge->value;

  g_assert_cmpuint (merge->conflicts->len, ==, 0);
  g_assert_cmpstr (merged->title, ==, "Mine");
  g_assert_cmpstr (merged->slug, ==, "theirs");
  g_assert_cmpint (merged->duration, ==, 45);
  g_assert_cmpint (merged->capacity, ==, 20);
}

static void
test_without_base (void)
{
  g_autoptr (HallChat)  mine = make_chat ("title", "Mine");
  g_autoptr (HallChat)  theirs = make_chat ("title", "Theirs");
  g_autoptr (HallMerge) merge = hall_merge_values (NULL, mine, theirs);
  g_autoptr (HallMerge) equal = hall_merge_values (NULL, mine, mine);

  g_assert_cmpuint (merge->conflicts->len, ==, 1);
  g_assert_cmpstr (((HallChat *) merge->value)->title, ==, "Mine");
  g_assert_cmpuint (equal->conflicts->len, ==, 0);
}

/* One moved the chat, the other corrected its zone: together that would be a moment nobody chose. */
static void
test_time_and_zone_together (void)
{
  g_autoptr (HallChat)  base = make_chat (NULL, NULL);
  g_autoptr (HallChat)  mine = make_chat ("wall", "2016-05-30T16:00");
  g_autoptr (HallChat)  theirs = make_chat ("zone", "America/New_York");
  g_autoptr (HallMerge) merge = hall_merge_values (base, mine, theirs);
  g_autoptr (HallMerge) taken = hall_merge_values (base, base, theirs);

  g_assert_cmpuint (merge->conflicts->len, ==, 2);
  g_assert_cmpstr (((HallChat *) merge->value)->wall, ==, "2016-05-30T16:00");
  g_assert_cmpstr (((HallChat *) merge->value)->zone, ==, "America/Los_Angeles");
  g_assert_cmpuint (taken->conflicts->len, ==, 0);
  g_assert_cmpstr (((HallChat *) taken->value)->zone, ==, "America/New_York");
}

static void
test_numbers_and_truths (void)
{
  g_autoptr (HallAttendee) base = hall_value_new (&hall_attendee_kind, ID);
  g_autoptr (HallAttendee) mine = hall_value_copy (base);
  g_autoptr (HallAttendee) theirs = hall_value_copy (base);
  g_autoptr (HallMerge)    merge = NULL;
  HallAttendee            *merged;

  mine->attended = TRUE;
  mine->person = g_strdup ("somebody");
  theirs->signed_up_at = 5;
  merge = hall_merge_values (base, mine, theirs);
  merged = merge->value;

  g_assert_cmpuint (merge->conflicts->len, ==, 0);
  g_assert_true (merged->attended);
  g_assert_cmpint (merged->signed_up_at, ==, 5);
  g_assert_cmpstr (merged->person, ==, "somebody");
}

static void
test_has_edits (void)
{
  g_autoptr (HallPost) base = hall_value_new (&hall_post_kind, ID);
  g_autoptr (HallPost) local = hall_value_copy (base);
  g_autoptr (HallPost) edited = hall_value_copy (base);
  g_autoptr (HallChat) chat = make_chat (NULL, NULL);
  g_autoptr (HallChat) announced = make_chat ("sign_up_url", "https://example.org/e/chat");

  local->title = g_strdup ("for lists");
  local->edited_at = 7;
  edited->text = g_strdup ("text");

  g_assert_false (hall_merge_has_edits (base, base));
  g_assert_false (hall_merge_has_edits (base, local));
  g_assert_true (hall_merge_has_edits (base, edited));
  g_assert_false (hall_merge_has_edits (announced, chat));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/sync/merge/field/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/sync/merge/different-fields", test_different_fields);
  g_test_add_func ("/sync/merge/without-base", test_without_base);
  g_test_add_func ("/sync/merge/time-and-zone-together", test_time_and_zone_together);
  g_test_add_func ("/sync/merge/numbers-and-truths", test_numbers_and_truths);
  g_test_add_func ("/sync/merge/has-edits", test_has_edits);

  return g_test_run ();
}
