/* SPDX-License-Identifier: GPL-3.0-or-later
 * Short values stand one below the other; of long texts the lines that differ are shown, marked with - and +. */
#include "cli/hall-conflict-text.h"

#include "cli/hall-terminal.h"
#include "format/hall-difference.h"
#include "format/hall-wire.h"

#include <glib/gi18n.h>
#include <string.h>

/* One line on each side that is being put together from its pieces. */
typedef struct {
  GString *out;
  GString *removed; /* whole lines that differ, since the last that does not */
  GString *added;
  GString *before;
  GString *after;
  gboolean differs;
  guint    n_same;  /* lines without a difference, since the last with one */
} Lines;

static void
add_line (GString    *lines,
          const char *mark,
          GString    *line)
{
  g_autofree char *printable = hall_terminal_make_printable (line->str);

  g_string_append_printf (lines, "    %s%s\n", mark, printable);
}

static void
flush (Lines *lines)
{
  g_string_append_len (lines->out, lines->removed->str, lines->removed->len);
  g_string_append_len (lines->out, lines->added->str, lines->added->len);
  g_string_truncate (lines->removed, 0);
  g_string_truncate (lines->added, 0);
}

/* Ends the line that both sides have come to, or only one of them. */
static void
end_line (Lines    *lines,
          gboolean  in_before,
          gboolean  in_after)
{
  if (in_before && in_after && !lines->differs) {
    flush (lines);
    if (lines->n_same++ == 0 && lines->out->len > 0)
      g_string_append (lines->out, "      …\n");
  } else {
    lines->n_same = 0;
    if (in_before)
      add_line (lines->removed, "- ", lines->before);
    if (in_after)
      add_line (lines->added, "+ ", lines->after);
  }

  if (in_before)
    g_string_truncate (lines->before, 0);
  if (in_after)
    g_string_truncate (lines->after, 0);
  lines->differs = lines->before->len > 0 || lines->after->len > 0;
}

static void
add_part (Lines                *lines,
          const HallDifference *part)
{
  gboolean in_before = part->kind != HALL_DIFFERENCE_ADDED;
  gboolean in_after = part->kind != HALL_DIFFERENCE_REMOVED;

  for (const char *c = part->text; *c != '\0'; c++) {
    if (*c == '\n') {
      end_line (lines, in_before, in_after);
      continue;
    }

    lines->differs = lines->differs || in_before != in_after;
    if (in_before)
      g_string_append_c (lines->before, *c);
    if (in_after)
      g_string_append_c (lines->after, *c);
  }
}

static void
append_difference (GString    *text,
                   const char *title,
                   const char *before,
                   const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);
  g_autoptr (GString)   out = g_string_new (NULL);
  g_autoptr (GString)   removed = g_string_new (NULL);
  g_autoptr (GString)   added = g_string_new (NULL);
  g_autoptr (GString)   old = g_string_new (NULL);
  g_autoptr (GString)   new = g_string_new (NULL);
  Lines                 lines = { out, removed, added, old, new, FALSE, 0 };

  for (guint i = 0; i < parts->len; i++)
    add_part (&lines, g_ptr_array_index (parts, i));
  if (old->len > 0 || new->len > 0)
    end_line (&lines, old->len > 0, new->len > 0);
  flush (&lines);

  g_string_append_printf (text, "  %s\n%s", title, out->str);
}

static char *
say_value (gconstpointer    value,
           const HallField *field)
{
  g_autofree char *moment = NULL;

  switch (field->type) {
  case HALL_FIELD_TEXT:
    return hall_value_get_text (value, field) != NULL ? hall_terminal_make_printable (hall_value_get_text (value, field))
                                                      : g_strdup ("–");
  case HALL_FIELD_BOOL:
    return g_strdup (hall_value_get_int (value, field) != 0 ? "true" : "false");
  case HALL_FIELD_MOMENT:
    moment = hall_wire_write_moment (hall_value_get_int (value, field));
    return g_strdup (moment != NULL ? moment : "–");
  case HALL_FIELD_INT:
  default:
    return g_strdup_printf ("%" G_GINT64_FORMAT, hall_value_get_int (value, field));
  }
}

static void
append_value (GString         *text,
              const char      *title,
              gconstpointer    value,
              const HallField *field)
{
  g_autofree char *said = value != NULL ? say_value (value, field) : NULL;

  if (said != NULL)
    g_string_append_printf (text, "  %-7s %s\n", title, said);
}

static void
append_long (GString               *text,
             const HallSettlerCase *each,
             const HallField       *field)
{
  const char *before = each->before != NULL ? hall_value_get_text (each->before, field) : NULL;
  const char *mine = each->mine != NULL ? hall_value_get_text (each->mine, field) : NULL;
  const char *theirs = each->theirs != NULL ? hall_value_get_text (each->theirs, field) : NULL;

  if (each->before == NULL && each->mine != NULL && each->theirs != NULL) {
    append_difference (text, _("theirs, and what is other in mine"), theirs, mine);
    return;
  }
  if (each->mine != NULL)
    append_difference (text, _("before, and what is other in mine"), before, mine);
  if (each->theirs != NULL)
    append_difference (text, _("before, and what is other in theirs"), before, theirs);
}

/* What was removed on one side has no fields there: then it is about what the other has changed. */
static GPtrArray *
find_fields (const HallSettlerCase *each)
{
  const HallValue *only = each->mine != NULL ? each->mine : each->theirs;
  GPtrArray       *fields;

  if (each->mine != NULL && each->theirs != NULL)
    return g_ptr_array_ref (each->fields);

  fields = g_ptr_array_new ();
  for (guint i = 0; each->before != NULL && i < each->kind->n_fields; i++) {
    const HallField *field = &each->kind->fields[i];

    if ((field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 && strcmp (field->name, "address_key") != 0 &&
        !hall_value_same_field (each->before, only, field))
      g_ptr_array_add (fields, (gpointer) field);
  }

  return fields;
}

/**
 * hall_conflict_text_how:
 * @each: a case
 *
 * Returns: (transfer full): what happened to it, in a few words
 */
char *
hall_conflict_text_how (const HallSettlerCase *each)
{
  g_return_val_if_fail (each != NULL, NULL);

  if (each->mine == NULL)
    return g_strdup (_("removed here, changed on the service"));
  if (each->theirs == NULL)
    return g_strdup (_("changed here, deleted on the service"));

  return g_strdup (_("changed in both places"));
}

/**
 * hall_conflict_text_fields:
 * @each: a case
 *
 * Returns: (transfer full): the names of the fields it is about, with commas between
 */
char *
hall_conflict_text_fields (const HallSettlerCase *each)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GString)   names = g_string_new (NULL);

  g_return_val_if_fail (each != NULL, NULL);

  fields = find_fields (each);
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", ((const HallField *) g_ptr_array_index (fields, i))->name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * hall_conflict_text_write:
 * @each: a case
 *
 * Returns: (transfer full): whole lines: what it is about, then field by field what it was and has become
 */
char *
hall_conflict_text_write (const HallSettlerCase *each)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char      *how = NULL;
  g_autofree char      *title = NULL;
  g_autofree char      *account = NULL;
  GString              *text = g_string_new (NULL);

  g_return_val_if_fail (each != NULL, NULL);

  how = hall_conflict_text_how (each);
  title = hall_terminal_make_printable (each->title);
  account = hall_terminal_make_printable (each->account);
  /* Translators: a kind such as chat, its title, its account, and what happened to it. */
  g_string_append_printf (text, _("%s “%s” of %s: %s"), each->kind->name, title, account, how);
  g_string_append_c (text, '\n');

  fields = find_fields (each);
  for (guint i = 0; i < fields->len; i++) {
    const HallField *field = g_ptr_array_index (fields, i);

    g_string_append_printf (text, "%s\n", field->name);
    if ((field->flags & HALL_FIELD_LONG) != 0) {
      append_long (text, each, field);
    } else {
      append_value (text, _("before"), each->before, field);
      append_value (text, _("mine"), each->mine, field);
      append_value (text, _("theirs"), each->theirs, field);
    }
  }

  return g_string_free (text, FALSE);
}
