/* SPDX-License-Identifier: GPL-3.0-or-later
 * Field by field, in the words of the screen. Nothing is chosen beforehand: both versions are worth the same. */
#include "ui/hall-case-page.h"

#include "ui/hall-case-text.h"
#include "ui/hall-difference-text.h"
#include "ui/hall-field-text.h"

#include <glib/gi18n.h>

struct _HallCasePage {
  AdwNavigationPage      parent_instance;
  GtkLabel              *heading;
  GtkLabel              *explanation;
  GtkBox                *fields;
  GtkWidget             *buttons;
  GtkButton             *mine;
  GtkButton             *theirs;
  GtkWidget             *edit;
  HallKeeper            *keeper;
  GPtrArray             *cases; /* what the case lies in */
  const HallSettlerCase *found;
};

enum { CHOSEN, EDIT_WANTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallCasePage, hall_case_page, ADW_TYPE_NAVIGATION_PAGE)

static void
on_mine (HallCasePage *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, HALL_CHOICE_MINE);
}

static void
on_theirs (HallCasePage *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, HALL_CHOICE_THEIRS);
}

static void
on_edit (HallCasePage *self)
{
  g_signal_emit (self, signals[EDIT_WANTED], 0);
}

static const char *
name_side (HallSide side)
{
  switch (side) {
  case HALL_SIDE_MINE:
    return _("Mine");
  case HALL_SIDE_THEIRS:
    return _("Theirs");
  case HALL_SIDE_BEFORE:
  default:
    return _("Before");
  }
}

static GtkWidget *
make_row (HallCasePage    *self,
          gconstpointer    value,
          const HallField *field,
          HallSide         side)
{
  g_autofree char *said = hall_field_text_say (value, field, side, hall_keeper_get_zone (self->keeper),
                                               hall_keeper_get_now (self->keeper));
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_side (side));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), said);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "property");

  return row;
}

static const char *
text_of (gconstpointer    value,
         const HallField *field)
{
  return value != NULL ? hall_value_get_text (value, field) : NULL;
}

/* A long text as what became of the one before; where there was none, as it is. */
static GtkWidget *
make_text_row (HallCasePage    *self,
               gconstpointer    value,
               const HallField *field,
               HallSide         side)
{
  const char      *before = text_of (self->found->before, field);
  const char      *text = text_of (value, field);
  gboolean         compared = self->found->before != NULL;
  g_autofree char *markup = hall_difference_text_markup (compared ? before : text, text);
  g_autofree char *said = compared ? hall_difference_text_say (before, text) : NULL;
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget       *side_label = gtk_label_new (name_side (side));
  GtkWidget       *label = gtk_label_new (NULL);
  g_autofree char *name = NULL;

  gtk_label_set_xalign (GTK_LABEL (side_label), 0);
  gtk_widget_add_css_class (side_label, "caption");
  gtk_widget_add_css_class (side_label, "dimmed");

  gtk_label_set_markup (GTK_LABEL (label), *markup != '\0' ? markup : _("Nothing"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "hall-difference");
  if (said != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);

  gtk_widget_add_css_class (box, "hall-version");
  gtk_box_append (GTK_BOX (box), side_label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  /* Translators: whose version of a text it is, and what was changed in it */
  name = said != NULL ? g_strdup_printf (_("%s. %s"), name_side (side), said) : g_strdup (name_side (side));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
add_field (HallCasePage    *self,
           const HallField *field)
{
  gboolean       is_long = hall_field_text_typed (self->found->kind, field) == HALL_TYPED_TEXT;
  gconstpointer  values[] = { self->found->before, self->found->mine, self->found->theirs };
  const char    *name = hall_field_text_name (self->found->kind, field);
  GtkWidget     *group = adw_preferences_group_new ();
  GtkWidget     *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (HallSide side = HALL_SIDE_BEFORE; side <= HALL_SIDE_THEIRS; side++) {
    /* What a long text was is seen in what became of it. */
    if (values[side] == NULL || (is_long && side == HALL_SIDE_BEFORE))
      continue;
    gtk_list_box_append (GTK_LIST_BOX (list), is_long ? make_text_row (self, values[side], field, side)
                                                      : make_row (self, values[side], field, side));
  }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->fields, group);
}

static void
fill (HallCasePage *self)
{
  const HallSettlerCase *found = self->found;
  g_autofree char       *explanation = hall_case_text_explain (found);
  g_autoptr (GPtrArray)  fields = hall_case_text_fields (found);

  gtk_label_set_label (self->heading, found->title);
  gtk_label_set_label (self->explanation, explanation);
  for (guint i = 0; i < fields->len; i++)
    add_field (self, fields->pdata[i]);

  gtk_button_set_use_underline (self->mine, TRUE);
  gtk_button_set_use_underline (self->theirs, TRUE);
  gtk_button_set_label (self->mine,
                        found->mine == NULL     ? _("_Leave it removed")
                        : found->theirs == NULL ? _("_Keep it")
                                                : _("Keep _mine"));
  gtk_button_set_label (self->theirs,
                        found->theirs == NULL ? _("_Remove it here too")
                        : found->mine == NULL ? _("_Bring it back")
                                              : _("Keep _theirs"));
  gtk_widget_set_visible (self->edit, found->mine != NULL && found->theirs != NULL);
}

static void
hall_case_page_dispose (GObject *object)
{
  HallCasePage *self = HALL_CASE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_CASE_PAGE);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_case_page_parent_class)->dispose (object);
}

static void
hall_case_page_class_init (HallCasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_case_page_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", HALL_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
  signals[EDIT_WANTED] = g_signal_new ("edit-wanted", HALL_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-case-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, heading);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, explanation);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, fields);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, buttons);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, mine);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, theirs);
  gtk_widget_class_bind_template_child (widget_class, HallCasePage, edit);
  gtk_widget_class_bind_template_callback (widget_class, on_mine);
  gtk_widget_class_bind_template_callback (widget_class, on_theirs);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
}

static void
hall_case_page_init (HallCasePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_case_page_new:
 * @keeper: whose library it is
 * @cases: the list that holds the case, which is kept with it
 * @found: the case
 *
 * Returns: (transfer floating): the page
 */
HallCasePage *
hall_case_page_new (HallKeeper            *keeper,
                    GPtrArray             *cases,
                    const HallSettlerCase *found)
{
  HallCasePage *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (cases != NULL && found != NULL, NULL);

  self = g_object_new (HALL_TYPE_CASE_PAGE, NULL);
  self->keeper = g_object_ref (keeper);
  self->cases = g_ptr_array_ref (cases);
  self->found = found;
  fill (self);

  return self;
}

/**
 * hall_case_page_get_case:
 * @self: the page
 *
 * Returns: (transfer none): what it shows
 */
const HallSettlerCase *
hall_case_page_get_case (HallCasePage *self)
{
  g_return_val_if_fail (HALL_IS_CASE_PAGE (self), NULL);

  return self->found;
}

/**
 * hall_case_page_set_busy:
 * @self: the page
 * @busy: whether a choice is on its way to the library
 */
void
hall_case_page_set_busy (HallCasePage *self,
                         gboolean      busy)
{
  g_return_if_fail (HALL_IS_CASE_PAGE (self));

  gtk_widget_set_sensitive (self->buttons, !busy);
}
