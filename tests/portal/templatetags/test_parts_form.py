"""Fields: label, hint and error tied to the input; the summary leads to them."""

from __future__ import annotations

from django import forms
from django.template import engines

from region.parts import Link


class Letter(forms.Form):
    """One field of each kind of markup."""

    text = forms.CharField(label="Text", help_text="Short.")
    topic = forms.ChoiceField(label="Topic", widget=forms.RadioSelect, choices=(("a", "A"), ("b", "B")))
    town = forms.CharField(label="Town", required=False)
    agreed = forms.BooleanField(label="Agreed")

    def clean(self) -> None:
        """One error that belongs to no field."""
        if self.data.get("text") == "never":
            raise forms.ValidationError("Not both at once.")


def render(text: str, **context: object) -> str:
    """A template's output with runs of white space made one space."""
    return " ".join(engines["django"].from_string(text).render(context).split())


def test_field_ties_hint_and_error_to_the_input() -> None:
    assert render("{% field form.text %}", form=Letter({})) == (
        '<div class="field is-wrong"> <label for="id_text">Text</label>'
        ' <p class="hint" id="id_text_helptext">Short.</p>'
        '<div id="id_text_error"><p class="err">This field is required.</p></div>'
        ' <input type="text" name="text" required'
        ' aria-invalid="true" aria-describedby="id_text_helptext id_text_error" id="id_text"> </div>'
    )


def test_field_that_may_be_empty_says_so() -> None:
    assert render("{% field form.town %}", form=Letter()) == (
        '<div class="field"> <label for="id_town">Town <span class="opt">optional</span></label>'
        ' <input type="text" name="town" id="id_town"> </div>'
    )


def test_compact_field_has_no_mark() -> None:
    assert render("{% field form.town compact=True %}", form=Letter()).count("optional") == 0


def test_field_of_choices_is_a_group_with_its_own_legend() -> None:
    shown = render("{% field form.topic %}", form=Letter())
    assert shown == (
        '<fieldset class="field" id="id_topic"> <legend>Topic</legend> <div class="pick">'
        '<label for="id_topic_0"><input type="radio" name="topic" value="a" id="id_topic_0" required>'
        " <span>A</span></label>"
        '<label for="id_topic_1"><input type="radio" name="topic" value="b" id="id_topic_1" required>'
        " <span>B</span></label>"
        "</div> </fieldset>"
    )


def test_field_to_tick_has_its_label_beside_it() -> None:
    assert render("{% field form.agreed %}", form=Letter()) == (
        '<div class="field"> <div class="pick"><label for="id_agreed"><input type="checkbox" name="agreed" required'
        ' id="id_agreed"> <span>Agreed</span></label></div> </div>'
    )


def test_error_summary_leads_to_each_field() -> None:
    shown = render("{% error_summary form %}", form=Letter({"text": "x", "agreed": "on"}))
    assert shown == (
        '<div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-title">'
        ' <h2 id="errors-title">Please mend one thing</h2>'
        ' <ul><li><a href="#id_topic">Topic: This field is required.</a></li></ul> </div>'
    )


def test_error_summary_counts_errors_of_the_whole_form() -> None:
    shown = render("{% error_summary form %}", form=Letter({"text": "never", "agreed": "on"}))
    assert shown.count("Please mend 2 things") == 1
    assert shown.count("<p>Not both at once.</p>") == 1


def test_error_summary_without_errors_disappears() -> None:
    assert render("{% error_summary form %}", form=Letter()) == ""


def test_filter_panel_opens_and_counts_when_filters_are_in_use() -> None:
    assert render('{% filter_panel active=2 reset_href="?" action="/x" %}<p>f</p>{% endfilter_panel %}') == (
        '<details class="filter" id="filter" open> <summary>Narrow the list <span class="cnt">2</span></summary>'
        ' <form class="filters" action="/x" method="get"> <p>f</p> <div class="cluster">'
        '<button class="btn btn--line btn--small" type="submit">Show</button>'
        ' <a class="clear" href="?">Clear filters</a></div>'
        " </form> </details>"
    )


def test_stepper_marks_what_is_done_and_where_we_are() -> None:
    steps = [Link("Question", "/q"), Link("Answer"), Link("Check")]
    assert render("{% stepper steps current=2 %}", steps=steps) == (
        '<ol class="steps" aria-label="Progress">'
        ' <li><span class="plate plate--light">✓</span> <a href="/q">Question</a><span class="sr">, done</span></li>'
        ' <li aria-current="step"><span class="plate">2</span> <span>Answer</span></li>'
        ' <li><span class="plate plate--outline">3</span> <span>Check</span></li> </ol>'
    )
