/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be saved, and the sentence for what may not. */
#include "app/hall-check.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"

static void
assert_refused (gconstpointer  value,
                const char    *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hall_check_value (value, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "Nothing was saved."));
}

static void
assert_fine (gconstpointer value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hall_check_value (value, &error));
  g_assert_no_error (error);
}

static HallChat *
make_chat (void)
{
  HallChat *chat = hall_value_new (&hall_chat_kind, "c");

  chat->title = g_strdup ("Live from Day 1");
  chat->slug = g_strdup ("day-1");
  chat->wall = g_strdup ("2016-05-30T15:30");
  chat->zone = g_strdup ("America/Los_Angeles");
  chat->duration = 60;
  chat->status = g_strdup ("scheduled");

  return chat;
}

static void
test_chat (void)
{
  static const struct { const char *field; const char *text; const char *words; } faults[] = {
    { "title", NULL, "title is missing" },
    { "title", " \t", "title is missing" },
    { "title", "Two\nlines", "one line" },
    { "title", "\xff\xfe", "cannot be read" },
    { "slug", NULL, "end of a web address" },
    { "slug", "Day 1", "“Day 1”" },
    { "slug", "../etc", "“../etc”" },
    { "zone", "Mars/Base", "“Mars/Base”" },
    { "zone", NULL, "no time zone" },
    { "wall", NULL, "time is missing" },
    { "wall", "tomorrow", "“tomorrow”" },
    { "wall", "2016-02-30T10:00", "“2016-02-30T10:00”" },
    { "wall", "2016-03-13T02:30", "go forward" },
    { "status", "perhaps", "“perhaps”" },
  };
  g_autoptr (HallChat) chat = make_chat ();

  assert_fine (chat);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (HallChat) faulty = hall_value_copy (chat);

    hall_value_set_text (faulty, hall_kind_find_field (&hall_chat_kind, faults[i].field), faults[i].text);
    assert_refused (faulty, faults[i].words);
  }
}

static void
test_numbers (void)
{
  g_autoptr (HallChat) chat = make_chat ();

  chat->duration = 0;
  assert_refused (chat, "1 to 1440 minutes");
  chat->duration = 1441;
  assert_refused (chat, "1 to 1440 minutes");
  chat->duration = 1440;
  assert_fine (chat);
  chat->capacity = -1;
  assert_refused (chat, "seats");
}

/* A time that comes twice is fine once it is said which is meant; the fold does that. */
static void
test_twice (void)
{
  g_autoptr (HallChat) chat = make_chat ();

  g_set_str (&chat->wall, "2016-11-06T01:30");
  chat->fold = 1;
  assert_fine (chat);
}

static void
test_post (void)
{
  static const char *const names[] = { "", "..", ".hidden", "a/b.md", "/etc/passwd", "a\nb.md", NULL };
  g_autoptr (HallPost)     post = hall_value_new (&hall_post_kind, "p");

  post->status = g_strdup ("draft");
  post->file_name = g_strdup ("2016-05-23-live.markdown");
  assert_fine (post);
  for (guint i = 0; names[i] != NULL; i++) {
    g_set_str (&post->file_name, names[i]);
    assert_refused (post, "cannot be called");
  }
}

static void
test_people (void)
{
  g_autoptr (HallGuest)    guest = hall_value_new (&hall_guest_kind, "g");
  g_autoptr (HallAttendee) attendee = hall_value_new (&hall_attendee_kind, "a");
  g_autoptr (HallQuestion) question = hall_value_new (&hall_question_kind, "q");

  guest->status = g_strdup ("invited");
  assert_refused (guest, "name is missing");
  guest->name = g_strdup ("Żaneta");
  assert_fine (guest);
  guest->address = g_strdup ("nowhere");
  assert_refused (guest, "“nowhere”");
  g_set_str (&guest->address, "zaneta@example.org");
  guest->zone = g_strdup ("Moon");
  assert_refused (guest, "“Moon”");

  attendee->name = g_strdup ("Ana");
  attendee->status = g_strdup ("going");
  assert_refused (attendee, "mail address");
  attendee->address = g_strdup ("ana@example.org");
  assert_fine (attendee);

  question->status = g_strdup ("open");
  assert_refused (question, "question is empty");
  question->text = g_strdup ("Почему?");
  assert_fine (question);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/check/chat", test_chat);
  g_test_add_func ("/app/check/numbers", test_numbers);
  g_test_add_func ("/app/check/twice", test_twice);
  g_test_add_func ("/app/check/post", test_post);
  g_test_add_func ("/app/check/people", test_people);

  return g_test_run ();
}
