/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway conflict list`, `show`, `resolve` and `undo`. */
#include "cli/hall-conflict-verbs.h"

#include "app/hall-problem.h"
#include "app/hall-settler.h"
#include "cli/hall-conflict-text.h"
#include "format/hall-wire.h"
#include "model/hall-address.h"
#include "model/hall-attendee.h"

#include <glib/gi18n.h>
#include <string.h>

static void
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallSettlerCase *each = item;
  g_autofree char       *how = hall_conflict_text_how (each);
  g_autofree char       *fields = hall_conflict_text_fields (each);

  hall_listing_next (listing);
  hall_listing_add_cell (listing, each->id);
  hall_listing_add_cell (listing, each->kind->name);
  hall_listing_add_cell (listing, each->title);
  hall_listing_add_cell (listing, how);

  hall_listing_add_text (listing, "id", each->id);
  hall_listing_add_text (listing, "kind", each->kind->name);
  hall_listing_add_text (listing, "row", each->row);
  hall_listing_add_text (listing, "title", each->title);
  hall_listing_add_text (listing, "account", each->account);
  hall_listing_add_moment (listing, "found_at", each->found_at);
  hall_listing_add_truth (listing, "removed_here", each->mine == NULL);
  hall_listing_add_truth (listing, "deleted_there", each->theirs == NULL);
  hall_listing_add_text (listing, "fields", fields);
}

static const HallCallList cases = { hall_settler_list_finish, append };

static void
list (HallCall *call)
{
  call->list = &cases;
  hall_settler_list_async (call->library, NULL, hall_call_on_listed, call);
}

static const char *
get_id (HallCall *call)
{
  return hall_arguments_get_words (call->arguments)[0];
}

/* Ends the call when there is none. */
static const HallSettlerCase *
find_case (HallCall      *call,
           GAsyncResult  *result,
           GPtrArray    **found)
{
  g_autoptr (GError) error = NULL;

  *found = hall_settler_list_finish (call->library, result, &error);
  for (guint i = 0; *found != NULL && i < (*found)->len; i++) {
    const HallSettlerCase *each = g_ptr_array_index (*found, i);

    if (strcmp (each->id, get_id (call)) == 0)
      return each;
  }

  if (error == NULL)
    g_set_error (&error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND,
                 _("Nothing that was changed in both places has the id “%s”, or it has changed again. "
                   "Nothing was changed. Look at the list once more."), get_id (call));
  hall_call_fail (call, error);
  return NULL;
}

static void
on_found_to_show (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HallCall              *call = user_data;
  g_autoptr (GPtrArray)  found = NULL;
  const HallSettlerCase *each = find_case (call, result, &found);
  g_autofree char       *text = NULL;

  if (each == NULL)
    return;

  text = hall_conflict_text_write (each);
  call->terminal.out (text, call->terminal.data);
  hall_call_finish (call, HALL_EXIT_DONE);
}

static void
show (HallCall *call)
{
  hall_settler_list_async (call->library, NULL, on_found_to_show, call);
}

static void
on_chosen (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_settler_choose_finish (call->library, result, &error);
  hall_call_end (call, error);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *sentence,
        ...)
{
  va_list arguments;

  va_start (arguments, sentence);
  g_propagate_error (error, g_error_new_valist (HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, sentence, arguments));
  va_end (arguments);

  return FALSE;
}

static gboolean
set_field (gpointer          value,
           const HallField  *field,
           const char       *text,
           GError          **error)
{
  gint64 number = 0;

  switch (field->type) {
  case HALL_FIELD_TEXT:
    hall_value_set_text (value, field, *text != '\0' ? text : NULL);
    return TRUE;
  case HALL_FIELD_BOOL:
    if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
      return refuse (error, _("The field “%s” is true or false. Nothing was changed."), field->name);
    number = strcmp (text, "true") == 0;
    break;
  case HALL_FIELD_MOMENT:
    if (!hall_wire_read_moment (text, &number))
      return refuse (error, _("The field “%s” is a time such as 2016-05-30T22:30:00Z. Nothing was changed."),
                     field->name);
    break;
  case HALL_FIELD_INT:
  default:
    if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
      return refuse (error, _("The field “%s” is a whole number. Nothing was changed."), field->name);
  }

  hall_value_set_int (value, field, number);
  return TRUE;
}

static gboolean
is_typed (const HallField *field)
{
  return (field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 && strcmp (field->name, "chat") != 0 &&
         strcmp (field->name, "address_key") != 0;
}

static gboolean
apply_edit (gpointer      value,
            const char   *edit,
            GError      **error)
{
  const HallKind  *kind = ((const HallValue *) value)->kind;
  const char      *equals = strchr (edit, '=');
  g_autofree char *name = equals != NULL ? g_strndup (edit, equals - edit) : NULL;
  const HallField *field = name != NULL ? hall_kind_find_field (kind, name) : NULL;

  if (name == NULL)
    return refuse (error, _("“%s” says no value. Write it as FIELD=VALUE."), edit);
  if (field == NULL || !is_typed (field))
    return refuse (error, _("There is no field “%s” to edit in a %s. Nothing was changed."), name, kind->name);

  return set_field (value, field, equals + 1, error);
}

/* What is not named stays as it is here, or on the service when it was removed here. */
static gpointer
edit_version (const HallSettlerCase  *each,
              const char *const      *edits,
              GError                **error)
{
  g_autoptr (HallValue) edited = hall_value_copy (each->mine != NULL ? each->mine : each->theirs);

  for (; *edits != NULL; edits++)
    if (!apply_edit (edited, *edits, error))
      return NULL;

  if (each->kind == &hall_attendee_kind) {
    HallAttendee *attendee = (HallAttendee *) edited;

    g_free (attendee->address_key);
    attendee->address_key = attendee->address != NULL ? hall_address_normalise (attendee->address) : NULL;
  }

  return g_steal_pointer (&edited);
}

static void
on_found_to_keep (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HallCall              *call = user_data;
  const char            *keep = hall_arguments_get (call->arguments, "keep");
  g_autoptr (GPtrArray)  found = NULL;
  const HallSettlerCase *each = find_case (call, result, &found);

  if (each != NULL)
    hall_settler_choose_async (call->library, each->id,
                               strcmp (keep, "mine") == 0 ? HALL_CHOICE_MINE : HALL_CHOICE_THEIRS, NULL, on_chosen, call);
}

static void
on_found_to_edit (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HallCall              *call = user_data;
  g_autoptr (GPtrArray)  found = NULL;
  const HallSettlerCase *each = find_case (call, result, &found);
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallValue)  edited = NULL;

  if (each == NULL)
    return;

  edited = edit_version (each, hall_arguments_get_all (call->arguments, "edit"), &error);
  if (edited == NULL)
    hall_call_fail (call, error);
  else
    hall_settler_choose_async (call->library, each->id, HALL_CHOICE_EDITED, edited, on_chosen, call);
}

static void
resolve (HallCall *call)
{
  const char        *keep = hall_arguments_get (call->arguments, "keep");
  gboolean           edits = hall_arguments_has (call->arguments, "edit");
  g_autoptr (GError) error = NULL;

  if ((keep != NULL) == edits)
    refuse (&error, _("Say either --keep mine, --keep theirs, or --edit FIELD=VALUE. Nothing was changed."));
  else if (keep != NULL && strcmp (keep, "mine") != 0 && strcmp (keep, "theirs") != 0)
    refuse (&error, _("Only “mine” or “theirs” can be kept, not “%s”. Nothing was changed."), keep);

  if (error != NULL)
    hall_call_fail (call, error);
  else
    hall_settler_list_async (call->library, NULL, edits ? on_found_to_edit : on_found_to_keep, call);
}

static void
on_undone (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_settler_undo_finish (call->library, result, &error);
  hall_call_end (call, error);
}

static void
undo (HallCall *call)
{
  hall_settler_undo_async (call->library, get_id (call), on_undone, call);
}

static const HallOption no_options[] = {
  { NULL, 0 },
};

static const HallOption list_options[] = {
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

static const HallOption resolve_options[] = {
  { "keep", HALL_OPTION_VALUE },
  { "edit", HALL_OPTION_VALUE | HALL_OPTION_MANY },
  { NULL, 0 },
};

const HallVerb hall_conflict_verbs[] = {
  { "conflict", "list", "[--json]", N_("List what was changed in both places and waits for your choice"),
    list_options, 0, 0, list },
  { "conflict", "show", "ID", N_("Show what it was, what it is here and what it is on the service"),
    no_options, 1, 1, show },
  { "conflict", "resolve", "ID --keep mine|theirs, or ID --edit FIELD=VALUE…",
    N_("Choose one version, or make a third"), resolve_options, 1, 1, resolve },
  { "conflict", "undo", "ID", N_("Take the choice back"), no_options, 1, 1, undo },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
