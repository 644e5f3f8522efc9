/**
 * Words that say what a person is instead of what they did; our own collection, by field, in both directions:
 * praise that names a trait tells a person as little as blame does. States of a day (tired, late, glad, sure) are
 * not among them, and neither are words that mostly belong to work (senior, remote, critical).
 */
const fields = {
  diligence: `lazy idle slothful indolent workshy work-shy shiftless slack lackadaisical complacent unmotivated
    demotivated disengaged uncommitted uninterested disinterested apathetic indifferent listless lethargic passive
    unambitious half-hearted halfhearted lax negligent neglectful feckless hardworking hard-working industrious
    diligent assiduous conscientious motivated self-motivated driven ambitious dedicated devoted committed engaged
    tireless persistent tenacious determined perfectionist workaholic obsessive obsessed proactive unproactive
    dutiful energetic indefatigable unenthusiastic enthusiastic bored zealous overeager over-eager eager keen hungry`,
  order: `careless sloppy messy untidy disorganised disorganized unorganised unorganized chaotic scatterbrained
    scatter-brained scatty absent-minded absentminded forgetful unfocused unfocussed inattentive slapdash slipshod
    haphazard unsystematic unmethodical reckless rash hasty impulsive thoughtless heedless clumsy inefficient
    unproductive slow sluggish organised organized tidy orderly meticulous methodical thorough careful precise
    scrupulous painstaking fastidious pedantic nitpicky nit-picky finicky fussy pernickety persnickety anal
    detail-oriented efficient productive focused focussed attentive disciplined undisciplined unstructured
    structured cautious overcautious over-cautious ditzy flighty`,
  reliability: `unreliable undependable untrustworthy irresponsible inconsistent erratic flaky flakey fickle
    capricious unpredictable unpunctual tardy reliable dependable trustworthy responsible consistent steady
    steadfast punctual loyal disloyal faithful unfaithful accountable unaccountable stable unstable solid sound`,
  honesty: `dishonest deceitful deceptive manipulative sneaky sly devious shady shifty underhand underhanded
    two-faced twofaced insincere fake phony phoney hypocritical scheming conniving calculating cunning crafty
    corrupt unethical unprincipled unscrupulous evasive slippery disingenuous duplicitous opportunistic
    honest truthful sincere genuine authentic upright principled ethical trustful candid frank secretive`,
  temper: `aggressive hostile hot-headed hotheaded hot-tempered short-tempered bad-tempered quick-tempered
    ill-tempered volatile explosive irritable irascible grumpy grouchy cranky moody temperamental touchy prickly
    snappy crabby surly sullen sulky bitter resentful vindictive vengeful spiteful malicious mean nasty vicious
    cruel combative confrontational argumentative quarrelsome belligerent pugnacious antagonistic bad-mannered
    angry petulant passive-aggressive calm even-tempered level-headed levelheaded good-tempered good-humoured
    good-humored placid patient impatient intolerant tolerant mild-mannered unflappable cool-headed intense`,
  warmth: `cold aloof distant unfriendly unapproachable uncaring unfeeling unkind unsympathetic insensitive
    inconsiderate callous heartless hard-hearted ruthless cold-hearted cold-blooded icy frosty frigid detached
    dismissive standoffish stand-offish ungrateful unsupportive stingy mean-spirited petty jealous envious
    friendly warm warm-hearted kind kindest kind-hearted kindhearted caring compassionate empathetic empathic
    sympathetic considerate thoughtful gentle generous supportive approachable good-natured sweet lovely lovable
    likeable likable nice nicest selfless unselfish altruistic helpful unhelpful nurturing maternal motherly
    fatherly big-hearted grateful affectionate soft-hearted`,
  pride: `arrogant conceited cocky smug vain haughty pompous snobbish snooty stuck-up self-important
    self-centred self-centered selfish egotistical egoistic egocentric narcissistic entitled presumptuous
    condescending patronising patronizing supercilious superior boastful pretentious overconfident
    over-confident overbearing high-handed self-righteous self-absorbed self-obsessed holier-than-thou bigheaded
    big-headed elitist privileged attention-seeking humble modest unassuming down-to-earth self-effacing proud`,
  dominance: `bossy domineering controlling authoritarian autocratic dictatorial tyrannical overprotective
    pushy forceful assertive unassertive dominant bullying intimidating abrasive abrupt brusque curt blunt harsh
    brash loud loudmouthed loud-mouthed outspoken opinionated strident shrill micromanaging power-hungry
    manipulating strong-willed headstrong stubborn obstinate pig-headed pigheaded bull-headed bullheaded
    inflexible rigid unyielding uncompromising intransigent unbending dogmatic close-minded closed-minded
    narrow-minded submissive meek docile weak weak-willed spineless gutless soft compliant obedient subservient
    deferential flexible inflexible adaptable easygoing easy-going laid-back laidback strict tough stern lenient`,
  sociability: `shy timid quiet introverted reserved withdrawn antisocial anti-social unsociable uncommunicative
    taciturn tight-lipped reclusive outgoing extroverted extraverted sociable gregarious talkative chatty
    gossipy garrulous loquacious long-winded longwinded verbose bubbly charming charismatic magnetic personable
    affable amiable congenial likeminded awkward socially-awkward boring dull humourless humorless funny witty
    hilarious weird odd strange eccentric quirky creepy flirty flirtatious`,
  nerves: `emotional overemotional over-emotional hysterical dramatic melodramatic theatrical oversensitive
    over-sensitive hypersensitive thin-skinned sensitive fragile delicate vulnerable insecure unconfident
    diffident anxious nervous neurotic paranoid fearful cowardly timorous nervy jumpy highly-strung high-strung
    needy clingy whiny whiney defensive overdefensive negative pessimistic cynical defeatist gloomy positive
    optimistic upbeat cheerful confident self-confident self-assured brave courageous bold fearless daring
    resilient thick-skinned tough-minded composed irrational hot-blooded crazy insane mental bonkers unhinged
    mad bipolar psycho obsessive-compulsive risk-averse indecisive hesitant wishy-washy decisive resolute`,
  mind: `stupid dumb idiotic moronic foolish silly dim dim-witted slow-witted thick dense clueless ignorant naive
    naïve gullible incompetent inept incapable useless hopeless worthless pathetic unintelligent uneducated
    unskilled untalented talentless unimaginative uncreative illogical unrealistic shallow superficial
    simple-minded short-sighted shortsighted smart clever bright intelligent brilliant gifted talented genius
    brainy wise sharp astute shrewd perceptive insightful knowledgeable competent capable skilful skillful
    creative imaginative inventive resourceful visionary curious incurious analytical logical articulate
    inarticulate eloquent well-spoken quick-witted strategic unstrategic unoriginal intuitive exceptional`,
  maturity: `immature childish infantile juvenile puerile babyish adolescent mature grown-up unprofessional
    professional amateurish undignified spoilt spoiled bratty irreverent reasonable unreasonable sensible
    unserious frivolous flippant wise-beyond-your-years`,
  manners: `rude impolite ill-mannered discourteous disrespectful insolent impertinent impudent cheeky uncivil
    vulgar crude crass coarse uncouth boorish obnoxious offensive tactless undiplomatic insulting sarcastic snide
    snarky catty bitchy sassy polite courteous respectful tactful diplomatic well-mannered gracious civil
    sexist racist homophobic misogynistic chauvinistic bigoted prejudiced biased unfair unjust fair fair-minded
    impartial open-minded openminded judgmental judgemental critical-minded nosy nosey meddlesome interfering
    intrusive ingratiating sycophantic servile`,
  cooperation: `uncooperative unco-operative obstructive disruptive difficult challenging contrary stroppy
    rebellious defiant insubordinate disobedient territorial possessive competitive cutthroat cut-throat
    individualistic unhelpful toxic poisonous divisive troublesome problematic unmanageable unbearable
    insufferable annoying irritating infuriating exasperating cooperative co-operative collaborative
    uncollaborative accommodating obliging team-oriented self-reliant needy demanding high-maintenance
    low-maintenance exhausting draining unpleasant pleasant agreeable disagreeable`,
  praise: `great amazing awesome fantastic wonderful terrific marvellous marvelous fabulous excellent outstanding
    superb magnificent incredible phenomenal perfect flawless impressive inspiring inspirational remarkable
    extraordinary invaluable irreplaceable indispensable legendary unstoppable super stellar`,
  blame: `awful terrible horrible dreadful appalling atrocious lousy rubbish crap crappy mediocre disappointing
    inadequate substandard second-rate third-rate bad worst deplorable despicable disgusting disgraceful
    contemptible pitiful laughable ridiculous impossible unbearable hateful evil deficient`,
} as const

const split = (words: string) => words.split(/\s+/).filter(word => word !== '')

/** Adjectives of character and ability, lower case. */
export const traitAdjectives: ReadonlySet<string> = new Set(Object.values(fields).flatMap(split))

/**
 * Of these, the ones that may also say how somebody was for an hour: "you were quiet on Monday" is seen from
 * outside, "you are quiet" is not. In the past tense they are no trait.
 */
export const passingStates: ReadonlySet<string> = new Set(
  split(`quiet calm nervous anxious loud slow careful patient focused focussed cautious attentive engaged committed
    consistent keen eager proud grateful positive angry upset cheerful composed hesitant stable responsible fair
    organised organized structured precise thorough candid frank honest warm competitive confident challenging
    difficult impossible impressive steady solid sound tough curious supportive helpful intense vulnerable detached
    distant withdrawn reserved emotional motivated disappointing annoying bored`),
)

/** What somebody is called: "you are a …", "such a …". */
export const traitNouns: ReadonlySet<string> = new Set(
  split(`slacker slob shirker layabout lazybones skiver freeloader timewaster procrastinator clockwatcher
    clock-watcher quitter workhorse workaholic perfectionist overachiever over-achiever underachiever
    under-achiever underperformer under-performer overthinker nitpicker nit-picker pedant scatterbrain butterfingers
    liar cheat fraud hypocrite backstabber schemer snake manipulator gossip tattletale snitch bully tyrant dictator
    despot micromanager micro-manager bulldozer steamroller hothead bighead big-head show-off showoff braggart
    snob narcissist egomaniac egotist diva prima-donna princess primadonna know-it-all know-all smart-alec smartass
    smartarse smarty-pants crybaby cry-baby baby child brat whiner whinger moaner complainer grumbler drama-queen
    wimp coward pushover doormat weakling wallflower introvert extrovert extravert loner recluse chatterbox
    loudmouth blabbermouth busybody troublemaker trouble-maker stirrer rebel maverick nuisance pain nightmare
    disgrace liability failure loser idiot moron fool imbecile dunce dimwit airhead bimbo clown joker jerk jackass
    arse arsehole asshole bastard bitch prick dick witch dragon robot machine dinosaur sheep sexist racist
    misogynist chauvinist bigot sycophant brown-noser suck-up yes-man teacher's-pet snowflake
    star superstar rockstar rock-star hero legend genius prodigy wizard wiz whiz guru ninja saint angel gem jewel
    treasure godsend lifesaver trooper champ champion powerhouse dynamo go-getter gogetter self-starter teamplayer
    optimist pessimist cynic worrier natural visionary joy delight darling sweetheart killjoy wet-blanket
    control-freak neat-freak people-pleaser micromanagers egoist`),
)

/** Several words that name a trait or stand for one, with the person before "be". */
export const traitPhrases: readonly string[] = [
  'team player',
  'hard worker',
  'natural leader',
  'born leader',
  'great leader',
  'good leader',
  'poor leader',
  'bad leader',
  'weak leader',
  'control freak',
  'drama queen',
  'prima donna',
  'know it all',
  'people person',
  'people pleaser',
  'loose cannon',
  'bad apple',
  'dead weight',
  'deadwood',
  'wet blanket',
  'lone wolf',
  'rock star',
  'safe pair of hands',
  'pair of hands',
  'quick learner',
  'fast learner',
  'slow learner',
  'good listener',
  'bad listener',
  'poor listener',
  'great listener',
  'good communicator',
  'great communicator',
  'poor communicator',
  'bad communicator',
  'weak link',
  'weakest link',
  'waste of space',
  'pain in the neck',
  'pain to work with',
  'pleasure to work with',
  'joy to work with',
  'delight to work with',
  'nightmare to work with',
  'hard to work with',
  'difficult to work with',
  'impossible to work with',
  'easy to work with',
  'hard work',
  'full of yourself',
  'full of himself',
  'full of herself',
  'out of control',
  'out of your depth',
  'on a power trip',
  'stuck in your ways',
  'set in your ways',
  'all talk',
  'not cut out for',
  'not management material',
  'not leadership material',
  'not up to the job',
  'not up to it',
  'not leadership',
  'no good at',
  'bad at',
  'hopeless at',
  'useless at',
  'terrible at',
  'bit much',
  'short with',
  'short fuse',
  'too nice',
  'too soft',
  'too much',
  'the problem',
  'glass half empty',
  'jobsworth',
]

/** Character as a thing one has: "your laziness", "you lack discipline", "your attitude". */
export const traitNominals: ReadonlySet<string> = new Set(
  split(`attitude personality character temperament ego temper mindset mentality laziness idleness carelessness
    sloppiness messiness disorganisation disorganization forgetfulness recklessness thoughtlessness clumsiness
    inefficiency incompetence ineptitude unreliability irresponsibility inconsistency dishonesty deceit
    insincerity hypocrisy aggression aggressiveness hostility moodiness irritability impatience bitterness spite
    malice cruelty coldness aloofness unfriendliness insensitivity selfishness arrogance conceit cockiness
    smugness vanity pomposity egotism narcissism entitlement condescension overconfidence bossiness pushiness
    stubbornness obstinacy inflexibility rigidity narrow-mindedness closed-mindedness weakness meekness passivity
    shyness timidity introversion quietness insecurity neediness emotionality oversensitivity sensitivity
    defensiveness negativity pessimism cynicism cowardice indecisiveness indecision stupidity ignorance naivety
    naivete foolishness immaturity childishness unprofessionalism professionalism rudeness disrespect insolence
    tactlessness sarcasm jealousy envy pettiness favouritism favoritism bias complacency apathy indifference
    disengagement passive-aggressiveness passive-aggression toxicity uncooperativeness micromanagement micromanaging
    enthusiasm passion positivity optimism diligence dedication commitment ambition drive work-ethic reliability
    dependability punctuality honesty integrity sincerity loyalty patience kindness generosity compassion empathy
    warmth friendliness thoughtfulness humility modesty confidence self-confidence assertiveness courage bravery
    resilience charisma charm intelligence brilliance talent creativity maturity wisdom resourcefulness tact
    flexibility professionalism decisiveness discipline self-discipline initiative motivation gravitas backbone
    grit tenacity energy curiosity`),
)

/** Nominals that need "you lack …", "your lack of …" or a judging word, since "your energy bill" or "your drive" are things. */
export const weakNominals: ReadonlySet<string> = new Set(
  split(`energy drive character passion bias commitment confidence discipline initiative motivation flexibility
    sensitivity talent charm envy curiosity reliability ambition rigidity inconsistency weakness spite
    entitlement quietness patience courage tact empathy mindset resilience micromanagement warmth temper`),
)

/** How something was done, when the word judges who did it. */
export const traitAdverbs: ReadonlySet<string> = new Set(
  split(`lazily carelessly sloppily rudely arrogantly selfishly thoughtlessly recklessly aggressively stupidly
    stubbornly childishly unprofessionally disrespectfully condescendingly dismissively spitefully maliciously
    irresponsibly inconsiderately passive-aggressively smugly pompously immaturely unreasonably ungratefully
    sneakily dishonestly callously obnoxiously tactlessly`),
)
