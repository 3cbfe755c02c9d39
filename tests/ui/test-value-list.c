/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists on screen follow the library and keep the objects, and so the focus, of what stays. */
#include "../app/library-fixture.h"
#include "ui/hall-id-selection.h"
#include "ui/hall-place.h"

#include <string.h>

typedef struct {
  LibraryFixture library;
  HallKeeper    *keeper;
  HallChat      *past;
  HallChat      *tomorrow;
  HallChat      *later;
  HallValueList *list;
} Fixture;

static guint
arrange (GPtrArray *items,
         gpointer   data)
{
  return hall_place_get (0)->arrange (items, LIBRARY_FIXTURE_NOW);
}

static void
wait_for_items (Fixture *fixture,
                guint    n_items)
{
  while (!hall_value_list_get_loaded (fixture->list) ||
         g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) != n_items)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  library_fixture_set_up (&fixture->library, data);
  fixture->keeper = hall_keeper_new (fixture->library.library, "Europe/Berlin");
  fixture->later = library_fixture_add_chat (fixture->library.library, "Sprints", "2016-06-02T11:00");
  fixture->past = library_fixture_add_chat (fixture->library.library, "Regular expressions", "2016-03-10T09:00");
  fixture->tomorrow = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  fixture->list = hall_value_list_new (fixture->keeper, &hall_chat_kind, NULL, arrange, NULL);
  wait_for_items (fixture, 3);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->list);
  g_clear_object (&fixture->keeper);
  hall_value_unref (fixture->past);
  hall_value_unref (fixture->tomorrow);
  hall_value_unref (fixture->later);
  library_fixture_tear_down (&fixture->library, data);
}

static void
assert_shows (Fixture    *fixture,
              const char *titles)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++) {
    g_autoptr (HallValueItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);
    const HallChat           *chat = hall_value_item_get_value (item);

    g_string_append_printf (shown, "%s%s", i == hall_value_list_get_split (fixture->list) ? " | " : i > 0 ? ", " : "",
                            chat->title);
  }
  g_assert_cmpstr (shown->str, ==, titles);
}

static void
test_sections (Fixture       *fixture,
               gconstpointer  data)
{
  guint start, end;

  assert_shows (fixture, "Day 1, Sprints | Regular expressions");
  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->list), 1, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 2);
  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->list), 2, &start, &end);
  g_assert_cmpuint (start, ==, 2);
  g_assert_cmpuint (end, ==, 3);
}

static void
note_change (GListModel *list,
             guint       position,
             guint       removed,
             guint       added,
             GString    *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

static void
test_keeps_objects (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (HallValueItem) first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_autoptr (HallChat)      between = NULL;
  g_autoptr (HallChat)      renamed = hall_value_copy (fixture->tomorrow);
  g_autoptr (HallValueItem) still = NULL;
  g_autoptr (GString)       changes = g_string_new (NULL);

  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (note_change), changes);
  between = library_fixture_add_chat (fixture->library.library, "Between", "2016-06-01T10:00");
  wait_for_items (fixture, 4);
  assert_shows (fixture, "Day 1, Between, Sprints | Regular expressions");
  g_assert_cmpstr (changes->str, ==, "1-0+1 ");

  g_set_str (&renamed->title, "Day one");
  library_fixture_save (fixture->library.library, renamed);
  while (strcmp (((const HallChat *) hall_value_item_get_value (first))->title, "Day one") != 0)
    g_main_context_iteration (NULL, TRUE);
  still = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_true (still == first);
  g_assert_cmpstr (changes->str, ==, "1-0+1 ");
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  HallValueItem            *item = hall_value_list_find (fixture->list, fixture->tomorrow->parent.id, NULL);
  g_autoptr (HallAttendee)  attendee = library_fixture_make_attendee (fixture->library.library, fixture->tomorrow,
                                                                      "Ada", "ada@example.org");

  g_assert_cmpuint (hall_chat_summary_get_going (hall_value_item_get_summary (item)), ==, 0);
  library_fixture_save (fixture->library.library, attendee);
  while (hall_chat_summary_get_going (hall_value_item_get_summary (item)) != 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_removal (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    left = NULL;
  const char              *id = fixture->later->parent.id;

  hall_keeper_hide (fixture->keeper, &hall_chat_kind, id);
  assert_shows (fixture, "Day 1 | Regular expressions");
  g_assert_false (hall_value_list_holds (fixture->list, id));
  hall_keeper_bring_back (fixture->keeper, id);
  assert_shows (fixture, "Day 1, Sprints | Regular expressions");
  hall_keeper_remove_hidden (fixture->keeper, id);
  g_assert_true (hall_value_list_holds (fixture->list, id));

  /* What is hidden when the window closes is removed. */
  hall_keeper_hide (fixture->keeper, &hall_chat_kind, id);
  hall_keeper_settle_async (fixture->keeper, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_keeper_settle_finish (fixture->keeper, result, NULL));
  left = library_fixture_list (fixture->library.library, &hall_chat_kind, NULL);
  g_assert_cmpuint (left->len, ==, 2);
  assert_shows (fixture, "Day 1 | Regular expressions");
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (HallIdSelection) selection = hall_id_selection_new (fixture->list);
  GtkSelectionModel          *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (HallChat)        sooner = NULL;

  g_assert_true (gtk_selection_model_select_item (model, 1, TRUE));
  g_assert_cmpstr (hall_id_selection_get_id (selection), ==, fixture->later->parent.id);

  sooner = library_fixture_add_chat (fixture->library.library, "Sooner", "2016-05-29T10:00");
  wait_for_items (fixture, 4);
  g_assert_false (gtk_selection_model_is_selected (model, 1));
  g_assert_true (gtk_selection_model_is_selected (model, 2));

  /* An id that is not there yet is selected when it comes. */
  hall_id_selection_set_id (selection, fixture->past->parent.id);
  hall_keeper_hide (fixture->keeper, &hall_chat_kind, fixture->past->parent.id);
  g_assert_false (gtk_selection_model_is_selected (model, 0));
  hall_keeper_bring_back (fixture->keeper, fixture->past->parent.id);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

  g_test_add ("/ui/value-list/sections", Fixture, NULL, set_up, test_sections, tear_down);
  g_test_add ("/ui/value-list/keeps-objects", Fixture, NULL, set_up, test_keeps_objects, tear_down);
  g_test_add ("/ui/value-list/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/ui/value-list/removal", Fixture, NULL, set_up, test_removal, tear_down);
  g_test_add ("/ui/value-list/selection", Fixture, NULL, set_up, test_selection, tear_down);

  return g_test_run ();
}
