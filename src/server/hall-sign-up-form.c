/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels, fields and what is wrong with them. The browser's own checks are off: its bubbles go away, cannot be
 * translated by us and come one at a time. No length is given either, as a browser would cut what is pasted. */
#include "server/hall-sign-up-form.h"

#include "server/hall-page.h"

#include <glib/gi18n.h>

static void
add_fault_link (GString    *page,
                const char *id,
                const char *fault)
{
  if (fault != NULL)
    hall_page_add (page, "<li><a href=\"#%s\">%s</a></li>\n", id, fault);
}

/* What joins a field to the sentences about it, for those who hear the page. */
static void
add_description (GString    *page,
                 const char *id,
                 const char *fault,
                 gboolean    has_hint)
{
  if (fault != NULL)
    hall_page_add (page, " aria-invalid=\"true\" aria-describedby=\"%s-fault%s%s%s\"", id,
                   has_hint ? " " : "", has_hint ? id : "", has_hint ? "-hint" : "");
  else if (has_hint)
    hall_page_add (page, " aria-describedby=\"%s-hint\"", id);
}

static void
add_head (GString    *page,
          const char *id,
          const char *label,
          const char *note,
          const char *hint,
          const char *fault)
{
  hall_page_add (page, "<div class=\"%s\">\n<label for=\"%s\">%s", fault != NULL ? "field faulty" : "field", id, label);
  if (note != NULL)
    hall_page_add (page, " <span class=\"note\">%s</span>", note);
  g_string_append (page, "</label>\n");
  if (hint != NULL)
    hall_page_add (page, "<p class=\"hint\" id=\"%s-hint\">%s</p>\n", id, hint);
  if (fault != NULL)
    hall_page_add (page, "<p class=\"fault\" id=\"%s-fault\">%s</p>\n", id, fault);
}

/**
 * hall_sign_up_form_add_faults:
 * @page: a page
 * @sign_up: what was typed
 *
 * Adds a summary of what is wrong, each line a link to its field. Adds nothing when all is fine.
 */
void
hall_sign_up_form_add_faults (GString          *page,
                              const HallSignUp *sign_up)
{
  g_return_if_fail (page != NULL && sign_up != NULL);

  if (hall_sign_up_is_good (sign_up))
    return;

  hall_page_add (page,
                 "<div class=\"faults\" role=\"alert\" tabindex=\"-1\" autofocus>\n"
                 "<h2>%s</h2>\n<ul>\n",
                 _("You are not signed up yet"));
  add_fault_link (page, "name", sign_up->name_fault);
  add_fault_link (page, "address", sign_up->address_fault);
  add_fault_link (page, "question", sign_up->question_fault);
  g_string_append (page, "</ul>\n</div>\n");
}

/**
 * hall_sign_up_form_add:
 * @page: a page
 * @visit: the request being answered
 * @chat: the chat to sign up for
 * @has_seat: whether there is a seat for somebody new
 * @sign_up: what was typed before, with what is wrong with it
 */
void
hall_sign_up_form_add (GString          *page,
                       const HallVisit  *visit,
                       const HallChat   *chat,
                       gboolean          has_seat,
                       const HallSignUp *sign_up)
{
  g_return_if_fail (page != NULL && visit != NULL && chat != NULL && sign_up != NULL);

  hall_page_add (page, "<section class=\"card\" aria-labelledby=\"sign-up\">\n<h2 id=\"sign-up\">%s</h2>\n", _("Sign up"));
  if (!has_seat)
    hall_page_add (page, "<p class=\"full\">%s</p>\n",
                   _("All seats are taken. Sign up all the same: you will be on the waitlist."));
  hall_page_add (page, "<form method=\"post\" action=\"%s/e/%s\" novalidate>\n", visit->prefix, chat->slug);

  add_head (page, "name", _("Your name"), NULL, NULL, sign_up->name_fault);
  g_string_append (page, "<input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"name\" required");
  add_description (page, "name", sign_up->name_fault, FALSE);
  hall_page_add (page, " value=\"%s\">\n</div>\n", sign_up->name);

  add_head (page, "address", _("Email address"), NULL, NULL, sign_up->address_fault);
  g_string_append (page, "<input id=\"address\" name=\"address\" type=\"email\" autocomplete=\"email\" "
                         "autocapitalize=\"none\" spellcheck=\"false\" required");
  add_description (page, "address", sign_up->address_fault, FALSE);
  hall_page_add (page, " value=\"%s\">\n</div>\n", sign_up->address);

  /* Translators: stands beside the label of a field that may stay empty */
  add_head (page, "question", _("A question for the hosts"), _("optional"),
            _("The hosts may read it out with your name."), sign_up->question_fault);
  g_string_append (page, "<textarea id=\"question\" name=\"question\" rows=\"4\" autocomplete=\"off\"");
  add_description (page, "question", sign_up->question_fault, TRUE);
  /* A line end right after the tag is dropped by browsers, so one is given away. */
  hall_page_add (page, ">\n%s</textarea>\n</div>\n", sign_up->question);

  hall_page_add (page, "<button type=\"submit\">%s</button>\n", has_seat ? _("Sign up") : _("Join the waitlist"));
  hall_page_add (page, "<p class=\"hint\">%s</p>\n</form>\n</section>\n",
                 _("Only the hosts see your email address."));
}
