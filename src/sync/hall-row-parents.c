/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields that name other rows, as the library's foreign keys have it. */
#include "sync/hall-row-parents.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "store/hall-rows.h"

static const struct {
  const HallKind *child;
  const char     *field;
  const HallKind *parent;
  gboolean        is_needed; /* the child cannot be without it */
} ties[] = {
  { &hall_chat_kind,     "series",   &hall_series_kind,   FALSE },
  { &hall_guest_kind,    "chat",     &hall_chat_kind,     TRUE },
  { &hall_attendee_kind, "chat",     &hall_chat_kind,     TRUE },
  { &hall_question_kind, "chat",     &hall_chat_kind,     TRUE },
  { &hall_question_kind, "attendee", &hall_attendee_kind, FALSE },
};

/* No id at all is not missing. */
static gboolean
look_for (HallDatabase    *db,
          const HallKind  *kind,
          const char      *id,
          gboolean        *is_missing,
          GError         **error)
{
  gboolean is_there = FALSE;

  *is_missing = FALSE;
  if (id == NULL)
    return TRUE;

  if (!hall_rows_has (db, kind, id, &is_there, error))
    return FALSE;

  *is_missing = !is_there;
  return TRUE;
}

/**
 * hall_row_parents_each:
 * @value: a value
 * @visit: called for each row it names
 * @data: for @visit
 * @error: what @visit sets
 *
 * Returns: whether every call returned TRUE
 */
gboolean
hall_row_parents_each (gconstpointer         value,
                       HallRowParentsVisit   visit,
                       gpointer              data,
                       GError              **error)
{
  const HallValue *self = value;

  g_return_val_if_fail (self != NULL && visit != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++) {
    const char *id;

    if (ties[i].child != self->kind)
      continue;

    id = hall_value_get_text (self, hall_kind_find_field (self->kind, ties[i].field));
    if (id != NULL && !visit (ties[i].parent, id, data, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_row_parents_find_loose:
 * @parent: a kind
 * @child: (out) (nullable): the kind of rows that name one of that kind but can be without it
 *
 * Returns: (transfer none) (nullable): the field in which they do; NULL when there are none
 */
const HallField *
hall_row_parents_find_loose (const HallKind  *parent,
                             const HallKind **child)
{
  g_return_val_if_fail (parent != NULL && child != NULL, NULL);

  *child = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    if (ties[i].parent == parent && !ties[i].is_needed) {
      *child = ties[i].child;
      return hall_kind_find_field (ties[i].child, ties[i].field);
    }

  return NULL;
}

/**
 * hall_row_parents_attach:
 * @value: a value nobody else has seen yet
 * @db: a library
 * @can_stand: (out): whether every row it cannot be without is there
 * @error: HALL_STORE_ERROR
 *
 * Lets go of a row that @value names, can be without, and that is not in the library.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_parents_attach (gpointer       value,
                         HallDatabase  *db,
                         gboolean      *can_stand,
                         GError       **error)
{
  const HallValue *self = value;

  g_return_val_if_fail (self != NULL && db != NULL && can_stand != NULL, FALSE);

  *can_stand = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++) {
    const HallField *field;
    gboolean         is_missing;

    if (ties[i].child != self->kind)
      continue;

    field = hall_kind_find_field (self->kind, ties[i].field);
    if (!look_for (db, ties[i].parent, hall_value_get_text (self, field), &is_missing, error))
      return FALSE;

    if (is_missing && ties[i].is_needed)
      *can_stand = FALSE;
    else if (is_missing)
      hall_value_set_text (value, field, NULL);
  }

  return TRUE;
}

/**
 * hall_row_parents_release:
 * @ancestor: a value nobody else has seen yet: the last version that both sides have seen
 * @mine: the row as it is here
 * @theirs: the row as the service has it
 * @db: a library
 * @error: HALL_STORE_ERROR
 *
 * When a row goes, those that can be without it let go of it, here and at the service. That is nobody's edit of
 * them, so it must not look like one: where a side has let go, @ancestor does too.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_parents_release (gpointer        ancestor,
                          gconstpointer   mine,
                          gconstpointer   theirs,
                          HallDatabase   *db,
                          GError        **error)
{
  const HallValue *self = ancestor;

  g_return_val_if_fail (self != NULL && mine != NULL && theirs != NULL && db != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++) {
    const HallField *field;
    gboolean         is_missing;

    if (ties[i].child != self->kind || ties[i].is_needed)
      continue;

    field = hall_kind_find_field (self->kind, ties[i].field);
    if (hall_value_get_text (mine, field) != NULL && hall_value_get_text (theirs, field) != NULL)
      continue;

    if (!look_for (db, ties[i].parent, hall_value_get_text (self, field), &is_missing, error))
      return FALSE;
    if (is_missing)
      hall_value_set_text (ancestor, field, NULL);
  }

  return TRUE;
}
