/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tidying and checking what was typed. */
#include "server/hall-sign-up.h"

#include "server/hall-row-rules.h"

#include "model/hall-address.h"

#include <glib/gi18n.h>
#include <string.h>

/* One line: anything that is no letter, mark or sign becomes a blank, and blanks become one. */
static char *
tidy_line (const char *typed)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = typed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
      g_string_append_unichar (line, c);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  }

  return g_strchomp (g_string_free_and_steal (g_steal_pointer (&line)));
}

/* Lines: browsers send CR LF. */
static char *
tidy_text (const char *typed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = typed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_iscntrl (c) || c == '\n' || c == '\t')
      g_string_append_unichar (text, c);
  }

  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&text)));
}

static void
check (HallSignUp *self)
{
  if (*self->name == '\0')
    self->name_fault = g_strdup (_("Enter your name."));
  else if (g_utf8_strlen (self->name, -1) > HALL_LONGEST_NAME)
    self->name_fault = g_strdup_printf (_("Shorten your name to at most %d characters."), HALL_LONGEST_NAME);

  if (*self->address == '\0')
    self->address_fault = g_strdup (_("Enter your email address."));
  else if (!hall_address_is_valid (self->address))
    self->address_fault = g_strdup (_("Check your email address: it should look like name@example.org."));

  if (g_utf8_strlen (self->question, -1) > HALL_LONGEST_QUESTION)
    self->question_fault = g_strdup_printf (_("Shorten your question to at most %d characters."), HALL_LONGEST_QUESTION);
}

/**
 * hall_sign_up_new:
 *
 * Returns: (transfer full): one with nothing typed and nothing wrong, for a fresh form
 */
HallSignUp *
hall_sign_up_new (void)
{
  HallSignUp *self = g_new0 (HallSignUp, 1);

  self->name = g_strdup ("");
  self->address = g_strdup ("");
  self->question = g_strdup ("");

  return self;
}

/**
 * hall_sign_up_read:
 * @form: what a browser sent; fields that are missing count as empty
 *
 * Returns: (transfer full): what was typed, tidied, with what is wrong said at each field
 */
HallSignUp *
hall_sign_up_read (const HallForm *form)
{
  HallSignUp *self;

  g_return_val_if_fail (form != NULL, NULL);

  self = g_new0 (HallSignUp, 1);
  self->name = tidy_line (hall_form_get (form, "name"));
  self->address = tidy_line (hall_form_get (form, "address"));
  self->question = tidy_text (hall_form_get (form, "question"));
  check (self);

  return self;
}

/**
 * hall_sign_up_is_good:
 * @sign_up: what was typed
 *
 * Returns: whether nothing is wrong with it
 */
gboolean
hall_sign_up_is_good (const HallSignUp *sign_up)
{
  g_return_val_if_fail (sign_up != NULL, FALSE);

  return sign_up->name_fault == NULL && sign_up->address_fault == NULL && sign_up->question_fault == NULL;
}

/**
 * hall_sign_up_free:
 * @sign_up: (transfer full) (nullable): what was typed
 */
void
hall_sign_up_free (HallSignUp *sign_up)
{
  if (sign_up == NULL)
    return;

  g_free (sign_up->name);
  g_free (sign_up->address);
  g_free (sign_up->question);
  g_free (sign_up->name_fault);
  g_free (sign_up->address_fault);
  g_free (sign_up->question_fault);
  g_free (sign_up);
}
