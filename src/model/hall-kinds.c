/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of every kind there is. */
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

/* Parents stand before their children, so that what is read in this order never lacks a parent. */
static const HallKind *const kinds[] = {
  &hall_account_kind,
  &hall_person_kind,
  &hall_series_kind,
  &hall_chat_kind,
  &hall_guest_kind,
  &hall_post_kind,
  &hall_attendee_kind,
  &hall_question_kind,
};

/**
 * hall_kinds_from_name:
 * @name: a kind in the singular, such as "chat"
 *
 * Returns: (transfer none) (nullable): the kind of that name
 */
const HallKind *
hall_kinds_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i]->name, name) == 0)
      return kinds[i];

  return NULL;
}

/**
 * hall_kinds_from_plural:
 * @plural: a kind in the plural, as tables and resources are called, such as "chats"
 *
 * Returns: (transfer none) (nullable): the kind of that name
 */
const HallKind *
hall_kinds_from_plural (const char *plural)
{
  g_return_val_if_fail (plural != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i]->plural, plural) == 0)
      return kinds[i];

  return NULL;
}

/**
 * hall_kinds_list:
 * @n_kinds: (out): how many there are
 *
 * Every kind, parents before their children.
 *
 * Returns: (transfer none) (array length=n_kinds): the kinds
 */
const HallKind *const *
hall_kinds_list (guint *n_kinds)
{
  g_return_val_if_fail (n_kinds != NULL, NULL);

  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}
