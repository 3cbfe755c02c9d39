/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed in both places, in the words of the screen. */
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-kinds.h"
#include "model/hall-question.h"
#include "ui/hall-case-text.h"
#include "ui/hall-difference-text.h"
#include "ui/hall-field-text.h"

#include <pango/pango.h>
#include <string.h>

#define ID   "01977a5c-0000-7000-8000-000000000001"
#define ZONE "Europe/Berlin"

#define ASSERT_TEXT(call, expected)                                                                                    \
  G_STMT_START {                                                                                                       \
    g_autofree char *text = (call);                                                                                    \
    g_assert_cmpstr (text, ==, expected);                                                                              \
  } G_STMT_END

static HallChat *
make_chat (const char *title,
           const char *wall)
{
  HallChat *chat = hall_value_new (&hall_chat_kind, ID);

  chat->title = g_strdup (title);
  chat->wall = g_strdup (wall);
  chat->zone = g_strdup (ZONE);
  chat->status = g_strdup ("scheduled");
  chat->duration = 60;

  return chat;
}

static HallSettlerCase *
make_case (gpointer before,
           gpointer mine,
           gpointer theirs)
{
  HallSettlerCase *found = g_new0 (HallSettlerCase, 1);

  found->kind = ((const HallValue *) (mine != NULL ? mine : theirs))->kind;
  found->account = g_strdup ("Weekly Reading");
  found->before = before;
  found->mine = mine;
  found->theirs = theirs;
  found->fields = g_ptr_array_new ();
  for (guint i = 0; mine != NULL && theirs != NULL && i < found->kind->n_fields; i++)
    if (!hall_value_same_field (mine, theirs, &found->kind->fields[i]))
      g_ptr_array_add (found->fields, (gpointer) &found->kind->fields[i]);

  return found;
}

static void
test_both_changed (void)
{
  g_autoptr (HallSettlerCase) found = make_case (make_chat ("A", "2031-05-26T18:00"), make_chat ("B", "2031-05-26T18:00"),
                                                 make_chat ("C", "2031-05-26T19:00"));
  g_autoptr (GPtrArray)       cases = g_ptr_array_new ();

  ASSERT_TEXT (hall_case_text_names (found), "Chat · Title, Time");
  ASSERT_TEXT (hall_case_text_explain (found),
               "Changed here and on “Weekly Reading”. Both versions are kept until you choose.");
  g_assert_cmpstr (hall_case_text_banner (found), ==, "Changed here and on the service");
  g_ptr_array_add (cases, found);
  ASSERT_TEXT (hall_case_text_count (cases), "1 chat changed in both places");
  g_ptr_array_add (cases, found);
  ASSERT_TEXT (hall_case_text_count (cases), "2 chats changed in both places");
}

/* The second of two equal clock readings is another time, though only a number differs. */
static void
test_fold (void)
{
  HallChat                   *second = make_chat ("A", "2031-10-26T02:30");
  g_autoptr (HallSettlerCase) found = NULL;

  second->fold = 1;
  found = make_case (NULL, make_chat ("A", "2031-10-26T02:30"), second);
  ASSERT_TEXT (hall_case_text_names (found), "Chat · Time");
}

static void
test_removed (void)
{
  g_autoptr (HallSettlerCase) here = make_case (make_chat ("A", "2031-05-26T18:00"), NULL,
                                                make_chat ("B", "2031-05-26T18:00"));
  g_autoptr (HallSettlerCase) there = make_case (make_chat ("A", "2031-05-26T18:00"),
                                                 make_chat ("A", "2031-05-26T19:00"), NULL);
  g_autoptr (GPtrArray)       fields = NULL;

  ASSERT_TEXT (hall_case_text_explain (here), "You removed this chat. Meanwhile it was changed on the service.");
  ASSERT_TEXT (hall_case_text_names (here), "Chat · removed here");
  ASSERT_TEXT (hall_case_text_explain (there), "You changed this chat. Meanwhile it was removed on the service.");
  ASSERT_TEXT (hall_case_text_names (there), "Chat · removed on the service");
  fields = hall_case_text_fields (there);
  g_assert_cmpuint (fields->len, ==, 1);
  g_assert_cmpstr (((const HallField *) fields->pdata[0])->name, ==, "wall");
  g_assert_cmpstr (hall_case_text_banner (there), ==, "Changed here, removed on the service");
}

static const HallField *
find (const char *name)
{
  const HallField *field = hall_kind_find_field (&hall_chat_kind, name);

  g_assert_nonnull (field);

  return field;
}

static void
test_values (void)
{
  g_autoptr (HallChat) chat = make_chat ("Tea & <cake>", "2031-05-26T18:00");

#define ASSERT_SAYS(name, side, expected) \
  ASSERT_TEXT (hall_field_text_say (chat, find (name), side, ZONE, 0), expected)

  chat->series = g_strdup (ID);
  ASSERT_SAYS ("title", HALL_SIDE_MINE, "Tea & <cake>");
  ASSERT_SAYS ("wall", HALL_SIDE_MINE, "Monday 26 May 2031, 18:00 CEST");
  ASSERT_SAYS ("zone", HALL_SIDE_MINE, "Berlin");
  ASSERT_SAYS ("status", HALL_SIDE_MINE, "Scheduled");
  ASSERT_SAYS ("capacity", HALL_SIDE_MINE, "No limit");
  ASSERT_SAYS ("duration", HALL_SIDE_MINE, "60");
  ASSERT_SAYS ("recording", HALL_SIDE_MINE, "Nothing");
  ASSERT_SAYS ("series", HALL_SIDE_MINE, "The one chosen here");
  ASSERT_SAYS ("series", HALL_SIDE_THEIRS, "The one chosen on the service");

  chat->capacity = 40;
  ASSERT_SAYS ("capacity", HALL_SIDE_THEIRS, "40");
}

/* Whatever a service can change has a name on screen; what only it or this machine sets has none. */
static void
test_every_field (void)
{
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    for (guint j = 0; kinds[i]->sent && j < kinds[i]->n_fields; j++) {
      const HallField *field = &kinds[i]->fields[j];
      gboolean         follows = strcmp (field->name, "fold") == 0 || strcmp (field->name, "address_key") == 0 ||
                                 strcmp (field->name, "occurrence") == 0 || strcmp (field->name, "attendee") == 0;
      gboolean         hidden = (field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) != 0;

      g_test_message ("%s.%s", kinds[i]->name, field->name);
      g_assert_true ((hall_field_text_name (kinds[i], field) == NULL) == (follows || hidden));
    }
}

static void
test_difference (void)
{
  GString         *pad = g_string_new (NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *markup = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (pad, "wörd ");
  before = g_strconcat (pad->str, "\nBring <tea>.\n", pad->str, NULL);
  after = g_strconcat (pad->str, "\nBring <coffee>.\n", pad->str, NULL);
  markup = hall_difference_text_markup (before, after);

  g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_nonnull (strstr (markup, "strikethrough=\"true\""));
  g_assert_nonnull (strstr (markup, "underline=\"single\""));
  g_assert_nonnull (strstr (markup, ">tea</span>"));
  g_assert_nonnull (strstr (markup, ">coffee</span>"));
  g_assert_nonnull (strstr (markup, "Bring &lt;"));
  g_assert_cmpuint (strlen (markup), <, 600);
  /* No word is cut. */
  g_assert_true (g_str_has_prefix (markup, "… wörd "));
  g_assert_true (g_str_has_suffix (markup, " wörd …"));
  ASSERT_TEXT (hall_difference_text_say (before, after), "Removed: tea. Added: coffee.");
  ASSERT_TEXT (hall_difference_text_say ("tea", "tea"), "Not changed.");
  ASSERT_TEXT (hall_difference_text_markup ("tea", "tea"), "tea");
  ASSERT_TEXT (hall_difference_text_markup ("\ntea\n\n", "\ntea\n\n"), "tea");

  g_free (markup);
  markup = hall_difference_text_markup (pad->str, pad->str);
  g_assert_cmpuint (strlen (markup), ==, strlen (pad->str) - 1);

  g_string_free (pad, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/case-text/both-changed", test_both_changed);
  g_test_add_func ("/ui/case-text/fold", test_fold);
  g_test_add_func ("/ui/case-text/removed", test_removed);
  g_test_add_func ("/ui/case-text/values", test_values);
  g_test_add_func ("/ui/case-text/every-field", test_every_field);
  g_test_add_func ("/ui/case-text/difference", test_difference);

  return g_test_run ();
}
