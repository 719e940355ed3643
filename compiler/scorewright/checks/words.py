"""Words of titles, departments, industries, places and names: what a short text under `contains` is looked for in."""

from __future__ import annotations

__all__ = ["COMMON_WORDS"]

_TELLING = """
director coordinator international internal contractor doctor leadership president recruiter digital security
ukraine russia australia romania nigeria indiana examining
"""

_TITLES = """
academic academy account accountant accounting acquisition acting actor actuary administration administrative
administrator adviser advisor advisory advocate affairs agency agent agile alliances ambassador analyst analytics
anchor animator architect architecture archivist art artist assistant associate attorney auditor author bank banker
biologist board bookkeeper brand broker budget builder business buyer captain care carpenter cashier chair chairman
chairwoman channel charity chef chemist chief cleaner clerk clinical coach collections collector commercial
commissioner communications community compliance compositor computer concierge conductor construction consul
consultant content contract controller cook copywriter corporate cost councillor counsel counsellor courier creative
creator curator customer cyber data dealer dean delivery demand dentist deputy design designer developer development
diplomat dispatcher distribution distributor docent dock driver ecommerce economist editor educator electrician
employee employer energy engineer enterprise entrepreneur environmental estate estimator event examiner executive
expert export exterior facilities facilitator faculty farmer field fiduciary finance financial fireman fitter
founder freelance fundraiser general geologist global governance governor graduate grants graphic group growth head
headhunter headmaster health-care helpdesk historian home-owner host housekeeper human illustrator import inbound
incubator independent information innovation inspector installer institute instructor insurance integration interim
interior intern internet interpreter intervention inventory investigator investment investor janitor journalist
judge junior knowledge laboratory landlord landowner lawn lawyer lead leader leading learning lecturer legal
legislator librarian licensing logistics machinist maintenance manager managing manufacturing market marketing mason
master mathematician mechanic mediator mentor merchandiser merchant merchandise minister mission mobile moderator
motion musician negotiator network nurse nutritionist officer online operations operator optician orchestrator
organizer outreach owner painter paralegal partner party pastor performance personnel pharmacist philosopher
photographer physician physicist pilot planner planning plumber policy portfolio postdoctoral practice practitioner
principal process procurement producer product production professional professor program programmer project promoter
promotion proprietor prosecutor provost psychologist public publisher purchasing quality realtor reception
receptionist recovery recruiting recruitment regional registrar relations reporter research researcher resource
resources retail retailer revenue rigger risk sales scholar science scientist secretary sector senior server service
social sociologist solicitor specialist spectator sponsor staff statistician strategic strategist strategy student
sub-contractor superintendent supervisor supply support surgeon surveyor sustainability system systems talent tax
teacher technician technology telecommunications territory tester therapist tour trader trainee trainer training
transformation translator transport treasurer treasury tutor unemployed university urban user vendor verification
veterinarian victor visitor volunteer warehouse web welder wholesale worker workshop writer
"""

_INDUSTRIES = """
aerospace agriculture airlines apparel architectural automotive aviation banking beverages bio-technology
broadcasting cement charitable chemicals cinema clothing consulting contracting cosmetics dairy defense dental
education electricity electronics engineering entertainment fashion fisheries fitness food forestry freight
furniture gaming glass government hardware hospital hospitality hosting hotels industrial institution
leisure libraries machinery maritime media medical mining motors museums music newspapers nonprofit nuclear oil
packaging paper petroleum pharmaceuticals plastics postal pottery printing publishing railroad real recreation
refining renewable restaurants rubber semiconductors shipbuilding shipping software sports steel textiles tobacco
tourism trading transportation travel trucking utilities veterinary water wine wireless
"""

_PLACES = """
afghanistan albania algeria andorra angola antarctica argentina armenia austria azerbaijan bahrain bangladesh
barbados belarus belgium bermuda bolivia bosnia botswana brazil bulgaria burundi cambodia cameroon canada chad chile
china colombia congo croatia cuba cyprus denmark dominica ecuador egypt eritrea estonia ethiopia finland france
gabon georgia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indianapolis
indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kuwait kyrgyzstan laos latvia
lausanne lebanon lesotho liberia libya liechtenstein lithuania louisiana luxembourg macedonia madagascar malawi
malaysia maldives mali malibu malta mauritania mauritius mexico milwaukee moldova monaco mongolia montenegro morocco
mozambique myanmar namibia nepal netherlands niger norway oman pakistan panama paraguay peru perugia philippines
poland portugal qatar rwanda salvador samoa scotland senegal serbia singapore slovakia slovenia somalia spain sudan
suriname sweden switzerland syria taiwan tajikistan tanzania texas thailand tirana togo trinidad tunisia turkey
turkmenistan uganda uruguay uzbekistan vatican venezuela vietnam yemen zambia zimbabwe alabama alaska arizona
arkansas california colorado connecticut delaware florida hawaii idaho illinois iowa kansas kentucky maine maryland
massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania
tennessee utah vermont virginia washington wisconsin wyoming
"""

_NAMES = """
christian christina christine christopher chris chrysler johnson patricia victoria dominic nicole michelle
"""

COMMON_WORDS = tuple(dict.fromkeys(f"{_TELLING} {_TITLES} {_INDUSTRIES} {_PLACES} {_NAMES}".split()))
"""Written for this purpose.  A hyphen parts a compound whose parts keep their meaning: `care` in `health-care`."""
