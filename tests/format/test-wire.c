/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every kind of value survives being sent; what is not strictly right is refused by name. */
#include "format/hall-wire.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-kinds.h"
#include "model/hall-post.h"
#include "model/hall-question.h"

#include <string.h>

#define ID "01900000-0000-7000-8000-000000000001"
#define CHAT_ID "01900000-0000-7000-8000-000000000002"

static HallQuestion *
make_question (void)
{
  HallQuestion *question = hall_value_new (&hall_question_kind, ID);

  question->chat = g_strdup (CHAT_ID);
  question->text = g_strdup ("Что такое \"генератор\"? 🐍");
  question->status = g_strdup ("open");
  question->asked_at = G_GINT64_CONSTANT (1464647400000000);

  return question;
}

static void
test_bytes (void)
{
  g_autoptr (HallQuestion) question = make_question ();
  g_autofree char         *json = hall_wire_write (question, HALL_WIRE_ALL);

  g_assert_cmpstr (json, ==,
                   "{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"attendee\":null,\"name\":null,"
                   "\"text\":\"Что такое \\\"генератор\\\"? 🐍\",\"status\":\"open\","
                   "\"asked_at\":\"2016-05-30T22:30:00Z\"}");
}

static void
fill (gpointer value,
      guint    seed)
{
  const HallKind *kind = ((HallValue *) value)->kind;

  for (guint i = 0; i < kind->n_fields; i++) {
    const HallField *field = &kind->fields[i];

    if (field->type == HALL_FIELD_TEXT) {
      g_autofree char *text = g_strdup_printf ("%s \t\r\n\x01/\\ \"Łódź\" \xf0\x9f\x90\x8d %u", field->name, seed + i);
      gboolean         absent = (field->flags & HALL_FIELD_REQUIRED) == 0 && (seed + i) % 3 == 0;

      hall_value_set_text (value, field, absent ? NULL : text);
    } else if (field->type == HALL_FIELD_BOOL) {
      hall_value_set_int (value, field, (seed + i) % 2);
    } else if (field->type == HALL_FIELD_INT) {
      hall_value_set_int (value, field, (gint64) (seed + i) * 7919 - 50000);
    } else {
      hall_value_set_int (value, field, (gint64) (seed + i) * G_GINT64_CONSTANT (1464647400123457));
    }
  }
}

static void
test_round_trip (void)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint seed = 0; seed < 6; seed++) {
      g_autoptr (GError)    error = NULL;
      g_autoptr (HallValue) before = hall_value_new (kinds[i], ID);
      g_autoptr (HallValue) after = NULL;
      g_autofree char      *json = NULL;
      g_autofree char      *again = NULL;

      fill (before, seed);
      json = hall_wire_write (before, HALL_WIRE_WITH_LOCAL);
      after = hall_wire_read (kinds[i], json, -1, HALL_WIRE_WITH_LOCAL, &error);
      g_assert_no_error (error);
      g_assert_true (hall_value_equal (before, after));
      again = hall_wire_write (after, HALL_WIRE_WITH_LOCAL);
      g_assert_cmpstr (json, ==, again);
    }
}

static void
test_flags (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) chat = hall_value_new (&hall_chat_kind, ID);
  g_autoptr (HallChat) read = NULL;
  g_autofree char     *all = NULL;
  g_autofree char     *as_client = NULL;
  g_autofree char     *with_local = NULL;

  fill (chat, 1);
  g_set_str (&chat->account, "an account");
  g_set_str (&chat->sign_up_url, "https://chats.example.org/e/pycon");
  all = hall_wire_write (chat, HALL_WIRE_ALL);
  as_client = hall_wire_write (chat, HALL_WIRE_AS_CLIENT);
  with_local = hall_wire_write (chat, HALL_WIRE_WITH_LOCAL);

  g_assert_null (strstr (all, "account"));
  g_assert_nonnull (strstr (all, "sign_up_url"));
  g_assert_null (strstr (as_client, "account"));
  g_assert_null (strstr (as_client, "sign_up_url"));
  g_assert_nonnull (strstr (with_local, "an account"));

  read = hall_wire_read (&hall_chat_kind, with_local, -1, HALL_WIRE_AS_CLIENT, &error);
  g_assert_no_error (error);
  g_assert_null (read->account);
  g_assert_null (read->sign_up_url);
  g_assert_cmpstr (read->title, ==, chat->title);
}

static void
assert_refused (const HallKind *kind,
                const char     *json,
                const char     *pointer)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallValue) value = hall_wire_read (kind, json, -1, HALL_WIRE_ALL, &error);
  g_autofree char      *found = NULL;

  g_assert_null (value);
  g_assert_nonnull (error);
  g_assert_true (error->domain == HALL_FORMAT_ERROR);
  found = hall_format_error_dup_pointer (error);
  g_assert_cmpstr (found, ==, pointer);
}

#define QUESTION(rest) "{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"text\":\"?\",\"status\":\"open\"" rest "}"

static void
test_refused (void)
{
  const HallKind *question = &hall_question_kind;
  const HallKind *chat = &hall_chat_kind;

  assert_refused (question, "{\"chat\":\"c\",\"text\":\"?\",\"status\":\"open\"}", "/id");
  assert_refused (question, "{\"id\":7}", "/id");
  assert_refused (question, "{\"id\":\"7\"}", "/id");
  assert_refused (question, "{\"id\":\"" ID "\",\"text\":\"?\",\"status\":\"open\"}", "/chat");
  assert_refused (question, "{\"id\":\"" ID "\",\"chat\":null,\"text\":\"?\",\"status\":\"open\"}", "/chat");
  assert_refused (question, "{\"id\":\"" ID "\",\"chat\":\"c\",\"text\":\"\",\"status\":\"open\"}", "/text");
  assert_refused (question, QUESTION (",\"name\":true"), "/name");
  assert_refused (question, QUESTION (",\"name\":{}"), "/name");
  assert_refused (question, QUESTION (",\"asked_at\":0"), "/asked_at");
  assert_refused (question, QUESTION (",\"asked_at\":\"yesterday\""), "/asked_at");
  assert_refused (question, QUESTION (",\"chat\":\"again\""), NULL);
  assert_refused (question, "[]", NULL);
  assert_refused (question, "null", NULL);
  assert_refused (question, "{", NULL);
  assert_refused (chat,
                  "{\"id\":\"" ID "\",\"title\":\"t\",\"slug\":\"s\",\"wall\":\"w\",\"zone\":\"z\","
                  "\"status\":\"scheduled\",\"capacity\":1.5}",
                  "/capacity");
  assert_refused (chat,
                  "{\"id\":\"" ID "\",\"title\":\"t\",\"slug\":\"s\",\"wall\":\"w\",\"zone\":\"z\","
                  "\"status\":\"scheduled\",\"capacity\":null}",
                  "/capacity");
  assert_refused (chat,
                  "{\"id\":\"" ID "\",\"title\":\"t\",\"slug\":\"s\",\"wall\":\"w\",\"zone\":\"z\","
                  "\"status\":\"scheduled\",\"capacity\":9223372036854775808}",
                  "/capacity");
  assert_refused (&hall_attendee_kind,
                  "{\"id\":\"" ID "\",\"chat\":\"c\",\"name\":\"n\",\"address\":\"a\",\"address_key\":\"a\","
                  "\"status\":\"going\",\"attended\":1}",
                  "/attended");
}

static void
test_tolerated (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallQuestion) question = NULL;

  question = hall_wire_read (&hall_question_kind,
                             QUESTION (",\"name\":null,\"asked_at\":null,\"votes\":{\"up\":[1,2]}"), -1,
                             HALL_WIRE_ALL, &error);
  g_assert_no_error (error);
  g_assert_null (question->name);
  g_assert_null (question->attendee);
  g_assert_cmpint (question->asked_at, ==, 0);
}

static void
test_change (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallQuestion) before = make_question ();
  g_autoptr (HallQuestion) after = hall_value_copy (before);
  g_autoptr (HallQuestion) applied = NULL;
  g_autofree char         *nothing = NULL;
  g_autofree char         *change = NULL;
  g_autofree char         *back = NULL;

  nothing = hall_wire_write_change (before, after);
  g_assert_cmpstr (nothing, ==, "{}");

  g_set_str (&after->name, "Ada");
  after->asked_at = 0;
  change = hall_wire_write_change (before, after);
  g_assert_cmpstr (change, ==, "{\"name\":\"Ada\",\"asked_at\":null}");
  back = hall_wire_write_change (after, before);
  g_assert_cmpstr (back, ==, "{\"name\":null,\"asked_at\":\"2016-05-30T22:30:00Z\"}");

  applied = hall_wire_apply_change (before, change, -1, &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (applied, after));
}

static void
test_change_leaves_out (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) before = hall_value_new (&hall_chat_kind, ID);
  g_autoptr (HallChat) after = NULL;
  g_autoptr (HallChat) applied = NULL;
  g_autofree char     *change = NULL;

  fill (before, 1);
  after = hall_value_copy (before);
  g_set_str (&after->account, "other");
  g_set_str (&after->sign_up_url, "other");
  change = hall_wire_write_change (before, after);
  g_assert_cmpstr (change, ==, "{}");

  applied = hall_wire_apply_change (before, "{\"account\":\"x\",\"sign_up_url\":\"x\",\"new\":1,\"id\":\"" ID "\"}", -1,
                                    &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (applied, before));
}

static void
test_change_refused (void)
{
  g_autoptr (HallQuestion) before = make_question ();
  const char              *faults[][2] = {
    { "{\"id\":\"" CHAT_ID "\"}", "/id" },
    { "{\"id\":null}", "/id" },
    { "{\"text\":null}", "/text" },
    { "{\"text\":\"\"}", "/text" },
    { "{\"status\":5}", "/status" },
    { "[]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char   *pointer = NULL;

    g_assert_null (hall_wire_apply_change (before, faults[i][0], -1, &error));
    g_assert_nonnull (error);
    pointer = hall_format_error_dup_pointer (error);
    g_assert_cmpstr (pointer, ==, faults[i][1]);
  }
}

static void
test_not_utf8 (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallQuestion) question = make_question ();
  g_autoptr (HallQuestion) read = NULL;
  g_autofree char         *json = NULL;

  g_set_str (&question->text, "a\xff");
  json = hall_wire_write (question, HALL_WIRE_ALL);
  read = hall_wire_read (&hall_question_kind, json, -1, HALL_WIRE_ALL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->text, ==, "a\xef\xbf\xbd");
}

static void
test_moment_texts (void)
{
  const struct {
    gint64      moment;
    const char *text;
  } good[] = {
    { G_GINT64_CONSTANT (1464647400000000), "2016-05-30T22:30:00Z" },
    { G_GINT64_CONSTANT (1464647400000001), "2016-05-30T22:30:00.000001Z" },
    { G_GINT64_CONSTANT (-1), "1969-12-31T23:59:59.999999Z" },
    { G_GINT64_CONSTANT (-62135596800000000), "0001-01-01T00:00:00Z" },
    { G_GINT64_CONSTANT (253402300799999999), "9999-12-31T23:59:59.999999Z" },
  };
  g_autofree char *absent = hall_wire_write_moment (0);

  g_assert_null (absent);
  g_assert_null (hall_wire_write_moment (G_MAXINT64));
  g_assert_null (hall_wire_write_moment (G_MININT64));

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autofree char *text = hall_wire_write_moment (good[i].moment);
    gint64           moment;

    g_assert_cmpstr (text, ==, good[i].text);
    g_assert_true (hall_wire_read_moment (text, &moment));
    g_assert_cmpint (moment, ==, good[i].moment);
  }
}

static void
test_moment_refused (void)
{
  const char *bad[] = {
    "", "2016-05-30", "2016-05-30T22:30:00", "2016-05-30T22:30:00z", "2016-05-30 22:30:00Z",
    "2016-05-30T22:30:00+00:00", "2016-05-30T22:30Z", "2016-05-30T22:30:00.Z", "2016-05-30T22:30:00.1234567Z",
    "2016-02-30T22:30:00Z", "2016-05-30T24:00:00Z", "2016-05-30T22:30:60Z", "0000-01-01T00:00:00Z",
    "2016-05-30T22:30:00Zx", " 2016-05-30T22:30:00Z", "+016-05-30T22:30:00Z", "20160530T223000Z",
  };
  gint64      moment = 5;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    if (hall_wire_read_moment (bad[i], &moment))
      g_error ("“%s” was taken", bad[i]);
    g_assert_cmpint (moment, ==, 0);
  }

  g_assert_true (hall_wire_read_moment ("2016-05-30T22:30:00.5Z", &moment));
  g_assert_cmpint (moment, ==, G_GINT64_CONSTANT (1464647400500000));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/wire/bytes", test_bytes);
  g_test_add_func ("/format/wire/round-trip", test_round_trip);
  g_test_add_func ("/format/wire/flags", test_flags);
  g_test_add_func ("/format/wire/refused", test_refused);
  g_test_add_func ("/format/wire/tolerated", test_tolerated);
  g_test_add_func ("/format/wire/change", test_change);
  g_test_add_func ("/format/wire/change-leaves-out", test_change_leaves_out);
  g_test_add_func ("/format/wire/change-refused", test_change_refused);
  g_test_add_func ("/format/wire/not-utf8", test_not_utf8);
  g_test_add_func ("/format/wire/moment-texts", test_moment_texts);
  g_test_add_func ("/format/wire/moment-refused", test_moment_refused);

  return g_test_run ();
}
