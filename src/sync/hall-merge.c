/* SPDX-License-Identifier: GPL-3.0-or-later
 * The three-way merge of values, by the table of fields of their kind. Pure: no library, no service. */
#include "sync/hall-merge.h"

#include "sync/hall-text-merge.h"

#include <string.h>

/* Fields that say one thing only together: a wall time read in somebody else's zone is a moment nobody chose. */
static const char *const together[][3] = {
  { "wall", "fold", "zone" },
  { "address", "address_key", NULL },
};

static gboolean
belong_together (const HallField *one,
                 const HallField *other)
{
  if (one == other)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (together); i++) {
    gboolean has_one = FALSE;
    gboolean has_other = FALSE;

    for (guint j = 0; j < G_N_ELEMENTS (together[i]) && together[i][j] != NULL; j++) {
      has_one = has_one || strcmp (one->name, together[i][j]) == 0;
      has_other = has_other || strcmp (other->name, together[i][j]) == 0;
    }
    if (has_one && has_other)
      return TRUE;
  }

  return FALSE;
}

/* Whether two values differ in a field or in one that belongs to it; everything differs from no value. */
static gboolean
differs (gconstpointer    a,
         gconstpointer    b,
         const HallField *field)
{
  const HallKind *kind = ((const HallValue *) b)->kind;

  if (a == NULL)
    return TRUE;

  for (guint i = 0; i < kind->n_fields; i++)
    if (belong_together (field, &kind->fields[i]) && !hall_value_same_field (a, b, &kind->fields[i]))
      return TRUE;

  return FALSE;
}

static gboolean
merge_long (HallMerge       *merge,
            gconstpointer    base,
            gconstpointer    theirs,
            const HallField *field)
{
  const char       *before = base != NULL ? hall_value_get_text (base, field) : NULL;
  const char       *mine = hall_value_get_text (merge->value, field);
  const char       *other = hall_value_get_text (theirs, field);
  g_autofree char  *joined = NULL;

  if (before == NULL || mine == NULL || other == NULL)
    return FALSE;

  joined = hall_text_merge (before, mine, other);
  if (joined == NULL)
    return FALSE;

  hall_value_set_text (merge->value, field, joined);
  return TRUE;
}

static void
merge_field (HallMerge       *merge,
             gconstpointer    base,
             gconstpointer    mine,
             gconstpointer    theirs,
             const HallField *field)
{
  if ((field->flags & HALL_FIELD_LOCAL) != 0)
    return;

  if ((field->flags & HALL_FIELD_SERVICE) != 0) {
    hall_value_take_field (merge->value, theirs, field);
    return;
  }

  if (!differs (mine, theirs, field) || !differs (base, theirs, field))
    return;

  if (!differs (base, mine, field)) {
    hall_value_take_field (merge->value, theirs, field);
    return;
  }

  if ((field->flags & HALL_FIELD_LONG) != 0 && merge_long (merge, base, theirs, field))
    return;

  /* Its fellow of the same group may differ while it does not. */
  if (!hall_value_same_field (mine, theirs, field))
    g_ptr_array_add (merge->conflicts, (gpointer) field);
}

/**
 * hall_merge_values:
 * @base: (nullable): the value both sides began with; NULL when each made it on its own
 * @mine: the value as it is on this machine
 * @theirs: the value as the service has it; of the same kind and id
 *
 * Decides field by field: what only one side changed is taken; what both made the same stands; a long text is
 * joined line by line; everything else that both changed is a conflict, in which @mine stays. Fields that
 * belong together, such as a wall time and its zone, are decided together. Local fields are always those of
 * @mine, fields that only the service sets always those of @theirs. Any thread.
 *
 * Returns: (transfer full): the merged value, of which the caller may still change fields, and the conflicts
 */
HallMerge *
hall_merge_values (gconstpointer base,
                   gconstpointer mine,
                   gconstpointer theirs)
{
  const HallKind *kind;
  HallMerge      *merge;

  g_return_val_if_fail (mine != NULL && theirs != NULL, NULL);
  kind = ((const HallValue *) mine)->kind;
  g_return_val_if_fail (((const HallValue *) theirs)->kind == kind, NULL);
  g_return_val_if_fail (base == NULL || ((const HallValue *) base)->kind == kind, NULL);

  merge = g_new0 (HallMerge, 1);
  merge->value = hall_value_copy (mine);
  merge->conflicts = g_ptr_array_new ();

  for (guint i = 0; i < kind->n_fields; i++)
    merge_field (merge, base, mine, theirs, &kind->fields[i]);

  return merge;
}

/**
 * hall_merge_free:
 * @merge: (transfer full) (nullable): a merge
 */
void
hall_merge_free (HallMerge *merge)
{
  if (merge == NULL)
    return;

  hall_value_unref (merge->value);
  g_ptr_array_unref (merge->conflicts);
  g_free (merge);
}

/**
 * hall_merge_has_edits:
 * @base: a value as the service has it
 * @mine: the value as it is on this machine
 *
 * Any thread.
 *
 * Returns: whether @mine holds anything that is still to be sent
 */
gboolean
hall_merge_has_edits (gconstpointer base,
                      gconstpointer mine)
{
  const HallKind *kind;

  g_return_val_if_fail (base != NULL && mine != NULL, FALSE);
  kind = ((const HallValue *) mine)->kind;
  g_return_val_if_fail (((const HallValue *) base)->kind == kind, FALSE);

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 &&
        !hall_value_same_field (base, mine, &kind->fields[i]))
      return TRUE;

  return FALSE;
}
