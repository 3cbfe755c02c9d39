/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole sentences for every kind, so that they can be translated. */
#include "ui/hall-case-text.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "ui/hall-field-text.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const HallKind *kind;
  const char     *removed_here;
  const char     *removed_there;
} Sentences;

static const Sentences sentences[] = {
  { &hall_chat_kind,
    N_("You removed this chat. Meanwhile it was changed on the service."),
    N_("You changed this chat. Meanwhile it was removed on the service.") },
  { &hall_post_kind,
    N_("You removed this post. Meanwhile it was changed on the service."),
    N_("You changed this post. Meanwhile it was removed on the service.") },
  { &hall_guest_kind,
    N_("You removed this guest. Meanwhile they were changed on the service."),
    N_("You changed this guest. Meanwhile they were removed on the service.") },
  { &hall_question_kind,
    N_("You removed this question. Meanwhile it was changed on the service."),
    N_("You changed this question. Meanwhile it was removed on the service.") },
  { &hall_attendee_kind,
    N_("You removed this sign-up. Meanwhile it was changed on the service."),
    N_("You changed this sign-up. Meanwhile it was removed on the service.") },
  { &hall_series_kind,
    N_("You removed this series. Meanwhile it was changed on the service."),
    N_("You changed this series. Meanwhile it was removed on the service.") },
};

static void
add_field (GPtrArray       *fields,
           const HallKind  *kind,
           const HallField *field)
{
  /* Which of two equal clock readings is meant is part of the time. */
  if (strcmp (field->name, "fold") == 0)
    field = hall_kind_find_field (kind, "wall");

  if (field != NULL && hall_field_text_name (kind, field) != NULL && !g_ptr_array_find (fields, field, NULL))
    g_ptr_array_add (fields, (gpointer) field);
}

/**
 * hall_case_text_fields:
 * @found: a case
 *
 * Where one side removed it, the fields are those that the other changed.
 *
 * Returns: (transfer container) (element-type HallField): the fields to show, in the order of the kind
 */
GPtrArray *
hall_case_text_fields (const HallSettlerCase *found)
{
  GPtrArray       *fields = g_ptr_array_new ();
  const HallValue *kept;

  g_return_val_if_fail (found != NULL, fields);

  for (guint i = 0; i < found->fields->len; i++)
    add_field (fields, found->kind, found->fields->pdata[i]);
  if (found->mine != NULL && found->theirs != NULL)
    return fields;

  kept = found->mine != NULL ? found->mine : found->theirs;
  for (guint i = 0; kept != NULL && found->before != NULL && i < found->kind->n_fields; i++)
    if (!hall_value_same_field (found->before, kept, &found->kind->fields[i]))
      add_field (fields, found->kind, &found->kind->fields[i]);

  return fields;
}

/**
 * hall_case_text_names:
 * @found: a case
 *
 * Returns: (transfer full): what it is and what differs, such as "Chat · Title, Time" or "Chat · removed here"
 */
char *
hall_case_text_names (const HallSettlerCase *found)
{
  g_autoptr (GPtrArray) fields = NULL;
  GString              *names;

  g_return_val_if_fail (found != NULL, NULL);

  names = g_string_new (hall_field_text_kind (found->kind));
  if (found->mine == NULL || found->theirs == NULL) {
    g_string_append_printf (names, " · %s", found->mine == NULL ? _("removed here") : _("removed on the service"));
    return g_string_free (names, FALSE);
  }

  fields = hall_case_text_fields (found);
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? " · " : ", ",
                            hall_field_text_name (found->kind, fields->pdata[i]));

  return g_string_free (names, FALSE);
}

/**
 * hall_case_text_explain:
 * @found: a case
 *
 * Returns: (transfer full): what happened, and that nothing is lost
 */
char *
hall_case_text_explain (const HallSettlerCase *found)
{
  g_return_val_if_fail (found != NULL, NULL);

  if (found->mine == NULL || found->theirs == NULL)
    for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
      if (sentences[i].kind == found->kind)
        return g_strdup (gettext (found->mine == NULL ? sentences[i].removed_here : sentences[i].removed_there));

  /* Translators: %s is the name of an account */
  return g_strdup_printf (_("Changed here and on “%s”. Both versions are kept until you choose."), found->account);
}

/**
 * hall_case_text_banner:
 * @found: a case
 *
 * Returns: (transfer none): a few words above what it is about
 */
const char *
hall_case_text_banner (const HallSettlerCase *found)
{
  g_return_val_if_fail (found != NULL, NULL);

  if (found->kind == &hall_guest_kind)
    return _("A guest was changed here and on the service");
  if (found->kind == &hall_question_kind)
    return _("A question was changed here and on the service");
  if (found->kind == &hall_attendee_kind)
    return _("A sign-up was changed here and on the service");
  if (found->theirs == NULL)
    return _("Changed here, removed on the service");

  return _("Changed here and on the service");
}

/**
 * hall_case_text_count:
 * @cases: (element-type HallSettlerCase): one case or more
 *
 * Returns: (transfer full): how many, such as "2 chats changed in both places"
 */
char *
hall_case_text_count (GPtrArray *cases)
{
  const HallKind *kind;
  guint           n;

  g_return_val_if_fail (cases != NULL && cases->len > 0, NULL);

  n = cases->len;
  kind = ((const HallSettlerCase *) cases->pdata[0])->kind;
  for (guint i = 1; i < n; i++)
    if (((const HallSettlerCase *) cases->pdata[i])->kind != kind)
      kind = NULL;

  if (kind == &hall_chat_kind)
    return g_strdup_printf (ngettext ("%u chat changed in both places", "%u chats changed in both places", n), n);
  if (kind == &hall_post_kind)
    return g_strdup_printf (ngettext ("%u post changed in both places", "%u posts changed in both places", n), n);
  if (kind == &hall_guest_kind)
    return g_strdup_printf (ngettext ("%u guest changed in both places", "%u guests changed in both places", n), n);
  if (kind == &hall_question_kind)
    return g_strdup_printf (ngettext ("%u question changed in both places", "%u questions changed in both places", n), n);
  if (kind == &hall_attendee_kind)
    return g_strdup_printf (ngettext ("%u sign-up changed in both places", "%u sign-ups changed in both places", n), n);

  return g_strdup_printf (ngettext ("%u thing changed in both places", "%u things changed in both places", n), n);
}
