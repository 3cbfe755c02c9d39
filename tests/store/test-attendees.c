/* SPDX-License-Identifier: GPL-3.0-or-later
 * Searching, sorting and loading attendees. */
#include "store/hall-attendees.h"

#include "scratch-library.h"
#include "store/hall-rows.h"

typedef struct {
  HallDatabase *db;
  HallChat     *pycon;
  HallChat     *sprints;
} Fixture;

static void
add (Fixture        *f,
     const HallChat *chat,
     const char     *name,
     const char     *address,
     const char     *status,
     gint64          minute)
{
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, name, address);

  g_set_str (&attendee->status, status);
  attendee->signed_up_at = SCRATCH_NOW + minute * G_TIME_SPAN_MINUTE;
  scratch_put (f->db, attendee);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->db = scratch_library ();
  f->pycon = scratch_chat (NULL, "pycon");
  f->sprints = scratch_chat (NULL, "sprints");
  scratch_put (f->db, f->pycon);
  scratch_put (f->db, f->sprints);

  add (f, f->pycon, "Łukasz Świerk", "zeta@example.org", "going", 3);
  add (f, f->pycon, "ada Byron", "Ada@example.org", "waitlist", 1);
  add (f, f->pycon, "Émile Noël", "emile@example.org", "going", 2);
  add (f, f->pycon, "Zoé 100%_sure", "beta@example.org", "cancelled", 2);
  add (f, f->sprints, "Ada Byron", "ada@example.org", "going", 4);
  add (f, f->sprints, "Анна Ж", "anna@example.org", "going", 5);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  hall_value_unref (f->pycon);
  hall_value_unref (f->sprints);
  hall_database_close (f->db);
}

/* The addresses found, in order, up to their "@". */
static void
assert_finds (Fixture           *f,
              HallAttendeeQuery  query,
              const char        *expected)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GArray)    rows = hall_attendees_find (f->db, &query, &error);
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GString)   found = g_string_new (NULL);

  g_assert_no_error (error);
  values = hall_attendees_load (f->db, (const gint64 *) (gpointer) rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpint (values->len, ==, rows->len);

  for (guint i = 0; i < values->len; i++) {
    const HallAttendee *attendee = values->pdata[i];
    g_auto (GStrv)      parts = g_strsplit (attendee->address_key, "@", 2);

    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", parts[0]);
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_sort (Fixture       *f,
           gconstpointer  data)
{
  const char *chat = f->pycon->parent.id;

  /* Émile and Zoé signed up in the same minute: the row decides. */
  assert_finds (f, (HallAttendeeQuery) { .chat = chat }, "ada emile beta zeta");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .descending = TRUE }, "zeta beta emile ada");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_NAME }, "ada emile zeta beta");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_NAME, .descending = TRUE },
                "beta zeta emile ada");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_ADDRESS }, "ada beta emile zeta");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_ADDRESS, .descending = TRUE },
                "zeta emile beta ada");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_STATUS }, "beta emile zeta ada");
  assert_finds (f, (HallAttendeeQuery) { .chat = chat, .sort = HALL_ATTENDEE_SORT_STATUS, .descending = TRUE },
                "ada zeta emile beta");
}

static void
test_filter (Fixture       *f,
             gconstpointer  data)
{
  assert_finds (f, (HallAttendeeQuery) { 0 }, "ada emile beta zeta ada anna");
  assert_finds (f, (HallAttendeeQuery) { .status = "going" }, "emile zeta ada anna");
  assert_finds (f, (HallAttendeeQuery) { .chat = f->pycon->parent.id, .status = "going" }, "emile zeta");
  assert_finds (f, (HallAttendeeQuery) { .chat = "nowhere" }, "");
}

static void
test_search (Fixture       *f,
             gconstpointer  data)
{
  assert_finds (f, (HallAttendeeQuery) { .search = "lukasz" }, "zeta");
  assert_finds (f, (HallAttendeeQuery) { .search = "ŁUKASZ świ" }, "zeta");
  assert_finds (f, (HallAttendeeQuery) { .search = "noel  EMI" }, "emile");
  assert_finds (f, (HallAttendeeQuery) { .search = "анна" }, "anna");
  assert_finds (f, (HallAttendeeQuery) { .search = "byron ada@" }, "ada ada");
  assert_finds (f, (HallAttendeeQuery) { .search = "byron lukasz" }, "");
  assert_finds (f, (HallAttendeeQuery) { .search = "ada", .chat = f->sprints->parent.id, .status = "going" }, "ada");
  assert_finds (f, (HallAttendeeQuery) { .search = "   " }, "ada emile beta zeta ada anna");
}

/* What LIKE or a quote would make of it is just letters here. */
static void
test_search_odd (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *many = g_strnfill (2000, 'a');

  assert_finds (f, (HallAttendeeQuery) { .search = "%" }, "beta");
  assert_finds (f, (HallAttendeeQuery) { .search = "%_s" }, "beta");
  assert_finds (f, (HallAttendeeQuery) { .search = "' OR 1 --" }, "");
  for (gsize i = 1; i < 2000; i += 2)
    many[i] = ' ';
  assert_finds (f, (HallAttendeeQuery) { .search = many, .chat = f->pycon->parent.id, .status = "waitlist" }, "ada");
}

static void
test_load (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const gint64          rows[] = { 5, 999, 1, 5 };

  values = hall_attendees_load (f->db, rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
  g_assert_cmpint (values->len, ==, 4);
  g_assert_cmpstr (((HallAttendee *) values->pdata[0])->name, ==, "Ada Byron");
  g_assert_null (values->pdata[1]);
  g_assert_cmpstr (((HallAttendee *) values->pdata[2])->name, ==, "Łukasz Świerk");
  g_assert_true (hall_value_equal (values->pdata[0], values->pdata[3]));

  none = hall_attendees_load (f->db, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (none->len, ==, 0);
}

static void
test_count (Fixture       *f,
            gconstpointer  data)
{
  g_assert_cmpint (hall_attendees_count (f->db, NULL, NULL, NULL), ==, 6);
  g_assert_cmpint (hall_attendees_count (f->db, f->pycon->parent.id, NULL, NULL), ==, 4);
  g_assert_cmpint (hall_attendees_count (f->db, NULL, "going", NULL), ==, 4);
  g_assert_cmpint (hall_attendees_count (f->db, f->pycon->parent.id, "going", NULL), ==, 2);
}

static void
test_find_person (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (HallPerson) person = scratch_person ("ada@example.org");
  g_autofree char       *found = NULL;

  g_assert_null (hall_attendees_find_person (f->db, "ada@example.org", NULL));
  scratch_put (f->db, person);
  found = hall_attendees_find_person (f->db, "ada@example.org", NULL);
  g_assert_cmpstr (found, ==, person->parent.id);
}

static void
test_find_signed_up (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallAttendee) attendee = scratch_attendee (f->pycon, "Linus", "linus@example.org");
  g_autofree char         *found = NULL;

  scratch_put (f->db, attendee);
  found = hall_attendees_find_signed_up (f->db, f->pycon->parent.id, "linus@example.org", NULL);
  g_assert_cmpstr (found, ==, attendee->parent.id);
  g_assert_null (hall_attendees_find_signed_up (f->db, f->pycon->parent.id, "Linus@example.org", NULL));
  g_assert_null (hall_attendees_find_signed_up (f->db, "another chat", "linus@example.org", NULL));
}

static void
assert_plan (Fixture    *f,
             const char *sql,
             const char *index)
{
  g_autofree char          *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (HallStatement) statement = hall_database_prepare (f->db, explain, NULL);
  g_autoptr (GString)       plan = g_string_new (NULL);
  gboolean                  has_row;

  g_assert_nonnull (statement);
  while (hall_statement_step (statement, &has_row, NULL) && has_row)
    g_string_append_printf (plan, "%s; ", hall_statement_get_text (statement, 3));

  if (strstr (plan->str, index) == NULL || strstr (plan->str, "TEMP B-TREE") != NULL)
    g_error ("%s is done by: %s", sql, plan->str);
}

/* A million attendees come in order without being sorted, and are counted without being read. */
static void
test_plans (Fixture       *f,
            gconstpointer  data)
{
  assert_plan (f, "SELECT row FROM attendees WHERE 1 ORDER BY signed_up_at, row", "COVERING INDEX attendees_by_time");
  assert_plan (f, "SELECT row FROM attendees WHERE 1 AND chat = ? ORDER BY signed_up_at DESC, row DESC",
               "COVERING INDEX attendees_of_chat_by_time");
  assert_plan (f, "SELECT row FROM attendees WHERE 1 AND chat = ? AND status = ? ORDER BY signed_up_at, row",
               "COVERING INDEX attendees_of_chat_by_status");
  assert_plan (f, "SELECT row FROM attendees WHERE 1 AND chat = ? ORDER BY status, signed_up_at, row",
               "COVERING INDEX attendees_of_chat_by_status");
  assert_plan (f, "SELECT row FROM attendees WHERE 1 AND chat = ? ORDER BY address_key, row",
               "COVERING INDEX attendees_by_address");
  assert_plan (f, "SELECT count(*) FROM attendees WHERE chat = ? AND status = ?", "COVERING INDEX");
}

#define TEST(path, function) g_test_add ("/store/attendees/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("sort", test_sort);
  TEST ("filter", test_filter);
  TEST ("search", test_search);
  TEST ("search/odd", test_search_odd);
  TEST ("load", test_load);
  TEST ("count", test_count);
  TEST ("find-person", test_find_person);
  TEST ("find-signed-up", test_find_signed_up);
  TEST ("plans", test_plans);

  return g_test_run ();
}
