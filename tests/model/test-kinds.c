/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of fields fit their structs, and what must stay here is marked so. */
#include "model/hall-kinds.h"

#include "model/hall-account.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-person.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"

#include <string.h>

static gsize
size_of (const HallField *field)
{
  return field->type == HALL_FIELD_TEXT ? sizeof (char *) :
         field->type == HALL_FIELD_BOOL ? sizeof (gboolean) : sizeof (gint64);
}

/* Each field lies inside its struct, past the one before it, and all but padding is covered: none was forgotten. */
static void
test_layout (void)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  for (guint k = 0; k < n; k++) {
    gsize end = sizeof (HallValue);

    for (guint i = 0; i < kinds[k]->n_fields; i++) {
      const HallField *field = &kinds[k]->fields[i];

      g_assert_cmpuint (field->offset, >=, end);
      g_assert_cmpuint (field->offset - end, <, 8);
      end = field->offset + size_of (field);
    }
    g_assert_cmpuint (end, <=, kinds[k]->size);
    g_assert_cmpuint (kinds[k]->size - end, <, 8);
  }
}

static void
test_find (void)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  g_assert_cmpuint (n, ==, 8);
  for (guint i = 0; i < n; i++) {
    g_assert_true (hall_kinds_from_name (kinds[i]->name) == kinds[i]);
    g_assert_true (hall_kinds_from_plural (kinds[i]->plural) == kinds[i]);
  }
  g_assert_null (hall_kinds_from_name ("chats"));
  g_assert_null (hall_kinds_from_plural ("chat"));

  g_assert_cmpstr (hall_kind_find_field (&hall_chat_kind, "zone")->name, ==, "zone");
  g_assert_null (hall_kind_find_field (&hall_chat_kind, "id"));
}

static guint
place_of (const HallKind *kind)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i] == kind)
      return i;

  g_assert_not_reached ();
}

static void
test_parents_first (void)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < kinds[k]->n_fields; i++) {
      const HallKind *parent = hall_kinds_from_name (kinds[k]->fields[i].name);

      if (parent != NULL)
        g_assert_cmpuint (place_of (parent), <, k);
    }
}

static void
test_private (void)
{
  g_assert_false (hall_account_kind.sent);
  g_assert_false (hall_person_kind.sent);
  g_assert_true (hall_kind_find_field (&hall_person_kind, "notes")->flags & HALL_FIELD_LOCAL);
  g_assert_true (hall_kind_find_field (&hall_attendee_kind, "person")->flags & HALL_FIELD_LOCAL);
  g_assert_true (hall_kind_find_field (&hall_chat_kind, "account")->flags & HALL_FIELD_LOCAL);
  g_assert_true (hall_kind_find_field (&hall_series_kind, "account")->flags & HALL_FIELD_LOCAL);
  g_assert_true (hall_kind_find_field (&hall_post_kind, "account")->flags & HALL_FIELD_LOCAL);
  g_assert_true (hall_kind_find_field (&hall_chat_kind, "sign_up_url")->flags & HALL_FIELD_SERVICE);
  g_assert_true (hall_guest_kind.sent && hall_question_kind.sent);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/kinds/layout", test_layout);
  g_test_add_func ("/model/kinds/find", test_find);
  g_test_add_func ("/model/kinds/parents-first", test_parents_first);
  g_test_add_func ("/model/kinds/private", test_private);

  return g_test_run ();
}
