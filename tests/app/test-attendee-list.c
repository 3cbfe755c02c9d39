/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list that fills itself by pages, follows the library, and keeps the rows that stay. */
#include "app/hall-attendee-list.h"
#include "library-fixture.h"
#include "store/hall-edits.h"
#include "store/hall-store.h"

typedef struct {
  LibraryFixture    library;
  HallChat         *chat;
  HallAttendeeList *list;
  GPtrArray        *steps; /* "position-removed+added" */
} ListFixture;

typedef struct {
  HallStore *store;
  GPtrArray *values;
} Many;

static void
on_items_changed (GListModel  *model,
                  guint        position,
                  guint        removed,
                  guint        added,
                  ListFixture *fixture)
{
  g_ptr_array_add (fixture->steps, g_strdup_printf ("%u-%u+%u", position, removed, added));
}

static gboolean
save_many (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Many *many = data;

  for (guint i = 0; i < many->values->len; i++)
    if (!hall_edits_save (db, g_ptr_array_index (many->values, i), hall_store_get_clock (many->store),
                          hall_store_get_random (many->store), error))
      return FALSE;

  return TRUE;
}

/* In one transaction; names sort as their numbers do. */
static void
add_attendees (ListFixture *fixture,
               guint        first,
               guint        n)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (GPtrArray)    values = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  Many                     many = { hall_library_get_store (library), values };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  for (guint i = first; i < first + n; i++) {
    g_autofree char *name = g_strdup_printf ("Person %04u", i);
    g_autofree char *address = g_strdup_printf ("p%u@example.org", i);
    HallAttendee    *attendee = library_fixture_make_attendee (library, fixture->chat, name, address);

    attendee->signed_up_at += i;
    g_ptr_array_add (values, attendee);
  }

  hall_store_write_async (many.store, save_many, &many, NULL, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_store_job_finish (many.store, result, &error);
  g_assert_no_error (error);
}

static void
await_length (ListFixture *fixture,
              guint        length)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) != length)
    g_main_context_iteration (NULL, TRUE);
}

static void
await_settled (ListFixture *fixture)
{
  gboolean loading = TRUE;

  g_object_get (fixture->list, "loading", &loading, NULL);
  while (loading) {
    g_main_context_iteration (NULL, TRUE);
    g_object_get (fixture->list, "loading", &loading, NULL);
  }
}

static HallAttendeeRow *
await_row (ListFixture *fixture,
           guint        position)
{
  HallAttendeeRow *row = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  g_assert_nonnull (row);
  while (hall_attendee_row_get_value (row) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return row;
}

static void
set_up (ListFixture   *fixture,
        gconstpointer  data)
{
  library_fixture_set_up (&fixture->library, data);
  fixture->chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  fixture->list = hall_attendee_list_new (fixture->library.library, fixture->chat->parent.id);
  fixture->steps = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  await_settled (fixture);
}

static void
tear_down (ListFixture   *fixture,
           gconstpointer  data)
{
  /* What is on its way to the list keeps it alive. */
  g_object_add_weak_pointer (G_OBJECT (fixture->list), (gpointer *) &fixture->list);
  g_object_unref (fixture->list);
  while (fixture->list != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_unref (fixture->steps);
  hall_value_unref (fixture->chat);
  library_fixture_tear_down (&fixture->library, data);
}

static void
test_pages (ListFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (HallAttendeeRow) first = NULL;
  g_autoptr (HallAttendeeRow) neighbour = NULL;
  g_autoptr (HallAttendeeRow) far = NULL;
  g_autoptr (HallAttendeeRow) last = NULL;

  add_attendees (fixture, 0, 300);
  await_length (fixture, 300);
  g_assert_cmpuint (fixture->steps->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->steps, 0), ==, "0-0+300");

  first = await_row (fixture, 0);
  g_assert_cmpstr (hall_attendee_row_get_value (first)->name, ==, "Person 0000");

  /* The page came as a whole, and no further. */
  neighbour = g_list_model_get_item (G_LIST_MODEL (fixture->list), 63);
  g_assert_nonnull (hall_attendee_row_get_value (neighbour));
  far = g_list_model_get_item (G_LIST_MODEL (fixture->list), 64);
  g_assert_null (hall_attendee_row_get_value (far));

  last = await_row (fixture, 299);
  g_assert_cmpstr (hall_attendee_row_get_value (last)->name, ==, "Person 0299");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 300));
}

/* Rows that nobody looks at are let go of, all but a few pages. */
static void
test_few_rows_stay (ListFixture   *fixture,
                    gconstpointer  data)
{
  HallAttendeeRow *first;
  GWeakRef         weak;
  gpointer         alive;

  add_attendees (fixture, 0, 1000);
  await_length (fixture, 1000);

  first = await_row (fixture, 0);
  g_weak_ref_init (&weak, first);
  g_object_unref (first);
  for (guint i = 64; i < 1000; i += 64)
    g_object_unref (await_row (fixture, i));

  alive = g_weak_ref_get (&weak);
  g_assert_null (alive);
  g_weak_ref_clear (&weak);

  first = await_row (fixture, 0);
  g_assert_cmpstr (hall_attendee_row_get_value (first)->name, ==, "Person 0000");
  g_object_unref (first);
}

static void
test_arrivals (ListFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallAttendeeRow) before = NULL;
  g_autoptr (HallAttendeeRow) after = NULL;

  add_attendees (fixture, 0, 100);
  await_length (fixture, 100);
  before = await_row (fixture, 50);
  g_ptr_array_set_size (fixture->steps, 0);

  add_attendees (fixture, 100, 3);
  await_length (fixture, 103);
  g_assert_cmpuint (fixture->steps->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->steps, 0), ==, "100-0+3");
  after = g_list_model_get_item (G_LIST_MODEL (fixture->list), 50);
  g_assert_true (before == after);
}

static void
on_notify (HallAttendeeRow *row,
           GParamSpec      *pspec,
           guint           *n)
{
  ++*n;
}

static void
test_edits (ListFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (HallAttendeeRow) row = NULL;
  g_autoptr (HallAttendeeRow) other = NULL;
  g_autoptr (HallAttendee)    edited = NULL;
  g_autofree char            *name = NULL;
  g_autofree char            *question = NULL;
  guint                       told = 0;
  guint                       told_of_other = 0;

  add_attendees (fixture, 0, 5);
  await_length (fixture, 5);
  row = await_row (fixture, 2);
  other = await_row (fixture, 3);
  g_signal_connect (row, "notify::name", G_CALLBACK (on_notify), &told);
  g_signal_connect (other, "notify", G_CALLBACK (on_notify), &told_of_other);

  edited = hall_value_copy (hall_attendee_row_get_value (row));
  g_set_str (&edited->name, "Żaneta");
  library_fixture_save (fixture->library.library, edited);
  while (told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (row, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "Żaneta");

  library_fixture_ask (fixture->library.library, edited, "Why?");
  library_fixture_ask (fixture->library.library, edited, "And how?");
  g_object_get (row, "question", &question, NULL);
  while (g_strcmp0 (question, "Why?\nAnd how?") != 0) {
    g_main_context_iteration (NULL, TRUE);
    g_free (question);
    g_object_get (row, "question", &question, NULL);
  }
  g_assert_cmpuint (told_of_other, ==, 0);
}

static void
test_wishes (ListFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallAttendeeRow) found = NULL;
  g_autoptr (HallAttendeeRow) top = NULL;
  gboolean                    loading;

  add_attendees (fixture, 0, 120);
  await_length (fixture, 120);

  hall_attendee_list_set_search (fixture->list, "pers 0042");
  g_object_get (fixture->list, "loading", &loading, NULL);
  g_assert_true (loading);
  await_settled (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  found = await_row (fixture, 0);
  g_assert_cmpstr (hall_attendee_row_get_value (found)->name, ==, "Person 0042");

  /* Typed in quick succession: the last wish counts, and none before it is shown. */
  g_ptr_array_set_size (fixture->steps, 0);
  hall_attendee_list_set_search (fixture->list, "0");
  hall_attendee_list_set_search (fixture->list, "00");
  hall_attendee_list_set_search (fixture->list, NULL);
  hall_attendee_list_set_sort (fixture->list, "name", TRUE);
  await_settled (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 120);
  g_assert_cmpuint (fixture->steps->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->steps, 0), ==, "0-0+77");
  g_assert_cmpstr (g_ptr_array_index (fixture->steps, 1), ==, "78-0+42");
  top = await_row (fixture, 0);
  g_assert_cmpstr (hall_attendee_row_get_value (top)->name, ==, "Person 0119");

  hall_attendee_list_set_status (fixture->list, "waitlist");
  await_settled (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, ListFixture, NULL, set_up, function, tear_down)

  ADD ("/app/attendee-list/pages", test_pages);
  ADD ("/app/attendee-list/few-rows-stay", test_few_rows_stay);
  ADD ("/app/attendee-list/arrivals", test_arrivals);
  ADD ("/app/attendee-list/edits", test_edits);
  ADD ("/app/attendee-list/wishes", test_wishes);

  return g_test_run ();
}
